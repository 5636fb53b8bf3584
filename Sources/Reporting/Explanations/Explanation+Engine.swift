extension Explanation {
    /// The engine, and the command line.
    static let engine = #"""
        5001 | Two resources have one name. | |
        5002 | Two resources claim one path. | Each would undo the other. |
        5003 | A resource waits for one that is not declared. | |
        5004 | A resource notifies one that is not declared. | |
        5005 | Resources wait for each other in a circle. | Each edge of the circle is listed with where it is declared. | Take one `after` out.
        5006 | Something is notified that does nothing when it is told. | Services can be notified; to order things use `after`. |
        5010 | A resource still differs after it was converged. | What was done did not help, or something undid it at once. | Look at what the message says differs, and at what else manages it.
        5011 | A resource has changed since the plan was made. | Nothing was done to it: the plan was agreed to for another state. | Make a new plan and look at it again.
        5012 | The plan names a resource that is not declared. | | Make a new plan.
        5013 | The run was interrupted. | What had begun was brought to its end, the rest was not begun, and the journal says so. | Run it again: it goes on where this one ended.
        5020 | Another run holds the lock. | Two runs on one node would undo each other. | Wait until it ends; the lock of a process that died is free by itself.
        5030 | The journal was damaged and was set aside. | The node itself is the truth, so nothing else is lost. | Keep the file if someone may have changed it.
        5031 | The journal is damaged or was changed. | A line does not follow from the line before it: what stands before that line can be trusted, what stands after it cannot. | Find out who changed it.
        5040 | A path is not absolute. | |
        5041 | `after` is not in its form. | | Write `KIND:NAME`.
        5042 | A template is no text. | | Leave `template` out to copy its bytes as they are.
        5043 | An artifact is not in the lock. | | Lock again.
        5044 | An artifact was changed since it was locked. | | Lock again.
        5045 | Nothing says which system a bundle is for. | | Declare `system.os`.
        5047 | A bundle carries no packages. | With a bundle the node's own sources are not used. | Lock again and build the bundle again.
        5048 | Packages are missing, and nothing may be fetched. | | Give a bundle that carries them.
        5050 | apt could not read the package lists. | |
        5051 | apt could not install or remove the packages. | Its own words are in the message. All packages of a run are one transaction. |
        5052 | dpkg could not finish what was left half done. | An earlier transaction was cut off. | Look at what dpkg says about the package.
        5053 | The kernel did not take a parameter. | | Check its spelling, or load the module that brings it.
        5054 | The node has no such account. | |
        5055 | Something else stands at a path. | A directory is never removed for a file. | Move it away.
        5056 | The directory for a file is not there. | | Declare it, or the package that brings it.
        5057 | A kernel module could not be loaded. | | Install the package that holds it for the running kernel.
        5058 | systemd does not answer. | |
        5059 | The node has no such unit. | | Declare the package that brings it.
        5060 | systemctl failed. | Its own words are in the message. |
        5061 | The package transaction would also remove packages. | They are not named, so nothing was done. | Declare them absent if they are to go, or keep what needs them.
        5062 | This version cannot bring something about yet. | It is declared, and every plan says so, but it stays as it is. | Do it by hand as the hint says.
        5063 | The kernel did not take the host name. | It counts from the next boot. |
        5090 | A path cannot be the name of a file. | |
        5091 | A source file is too large. | It is held in memory. | Declare it below `artifacts` with a `path`.
        5092 | Something unexpected went wrong. | | Report it, with the command.
        5093 | The bundle was built from another lock. | | Build it again, or leave `--lock` out: a bundle carries its own.
        5094 | The blueprint or a layer was changed since it was locked. | | Lock again, and build the bundle again.
        5095 | A source file was changed since it was locked. | | Lock again.
        5096 | The node is not what the blueprint declares, and nothing was changed. | Hardware is verified before anything is done. | `millwright verify` tells all; `--ignore-hardware` goes on all the same.
        5097 | There is no terminal to ask on. | | `--yes` does it without asking.
        5098 | It was not confirmed, and nothing was changed. | |
        5099 | The journal knows no such run. | | `millwright history` lists them.
        5100 | Standard output could not be written. | The report is not whole. |
        5101 | The output names a file that the blueprint is made of. | |
        5102 | The report would be written over a file that is read. | |
        5103 | The report's folder is not there. | |
        5104 | A secret stands in what is to be locked. | It would travel with every bundle. | Put credentials where the fetcher finds them, not into sources.
        5105 | There is no such code. | |
        """#
}
