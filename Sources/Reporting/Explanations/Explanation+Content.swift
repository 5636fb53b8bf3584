extension Explanation {
    /// Fetching, archives, locks and bundles.
    static let content = #"""
        3001 | Something could not be fetched from any of its locations. | Each location is listed with why. | What came is kept: the next try goes on where this one ended.
        3002 | What was fetched could not be written. | | Make room, or name another `--cache`.
        3003 | Fetching was cancelled. | What came is kept. |
        3004 | Something is not in the cache, and nothing may be fetched. | | Leave `--offline` out, or give a bundle that carries it.
        3101 | An archive could not be opened. | |
        3102 | A file is no archive that can be unpacked. | tar and zip are known, plain or compressed with gzip, xz or zstd. |
        3103 | An archive is cut off. | | Fetch it again.
        3104 | An archive is damaged. | | Fetch it again.
        3110 | An archive is refused. | It would write outside its folder, or make something that no archive should: devices, setuid files, links that lead out, too many or too large files. | Do not unpack it elsewhere either before you know who made it.
        3111 | An archive does not hold what the lock says. | It was changed since it was locked. | Get the one that was locked, or lock again if the new one is meant.
        4001 | The lock cannot be read. | | Make it anew with `millwright lock`.
        4002 | The lock is of another schema. | Another version of millwright made it. | Make it anew.
        4003 | There is no lock. | | `millwright lock BLUEPRINT` makes it.
        4004 | The lock does not fit the blueprint. | The blueprint was changed since. | Lock again.
        4005 | Something is not what was locked. | It was changed or damaged. | Restore it, or lock again if the new one is meant.
        4006 | A package is another one than its name says. | | Fetch it again from an archive that you trust.
        4007 | A source file is not there. | It is looked for from the blueprint's folder. | Put it there, or correct its name.
        4010 | A path is no bundle. | |
        4011 | A bundle is damaged. | Its documents contradict each other or cannot be read. | Copy it again from where it was built, or build it anew.
        4012 | A bundle lacks a part. | The copy is incomplete. | Copy it again; `millwright bundle verify` tells what else is missing.
        4013 | Content is not what its digest says. | It was changed or damaged on its way. | Get it again.
        4014 | There is not enough room. | It is asked before anything is written. | Make room there, or name a place on another disk.
        4015 | The output is already there. | Nothing is overwritten. | Remove it, or name another one.
        4016 | A part has too many files. | |
        4020 | Something changed while it was read. | | Run it again when it is whole.
        4021 | A source is of a kind that cannot be fetched. | | Name a mirror of a kind that can.
        4022 | No source of an artifact gives it. | Each is listed with why. |
        4030 | apt could not read the package lists. | | Look at the sources of this machine, and at its network.
        4031 | apt is not on this machine. | Packages are resolved by apt itself. | Lock on a Debian or Ubuntu machine.
        4032 | This machine has no package sources for the target. | |
        4033 | A constraint on a package's version is none. | |
        4034 | No version of a package satisfies its constraint. | The message lists those that there are. |
        4035 | A package is not in any source. | | Correct its name, or add the repository that has it to this machine.
        4036 | apt finds no set of packages that fits together. | Its own words are in the message. |
        4037 | apt states no SHA-256 for a package. | It could not be known again. |
        4038 | Packages could not be fetched. | |
        4039 | Another run works with the same cache. | | Wait until it ends, or name another `--cache`.
        4040 | pip does not take a requirement. | |
        4041 | pip finds no wheels for the target. | Only wheels are taken, since building needs a compiler on the node. |
        4042 | A wheel could not be had. | |
        4043 | There is no pip on this machine. | Wheels are resolved by pip itself. | Install python3-pip.
        4044 | Which Python the target has is not known. | | Say it: `python: "3.11"`.
        4045 | Wheels for an architecture are not known. | |
        4046 | pip gives something that is no wheel. | |
        4047 | A requirement is several wheels where one is meant. | | Use `wheels:` for a whole set.
        4048 | apt's lists do not describe a package. | |
        4099 | Something unexpected went wrong. | | Report it, with the command.
        """#
}
