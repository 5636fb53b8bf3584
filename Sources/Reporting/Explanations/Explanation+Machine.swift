extension Explanation {
    /// Files and commands of a machine, and its hardware.
    static let machine = #"""
        2001 | Something could not be done with a file. | The message has the path and what the system said. | Look at the path, at its owner and mode, and at the space on its file system.
        2010 | A command is not there. | | Install the package that brings it.
        2011 | A command could not be started. | |
        2012 | A command did not end in time and was killed. | |
        2013 | A command printed too much. | |
        2014 | A command failed. | Its last words are in the message. |
        2090 | A value could not be written as JSON. | This is a mistake of millwright's. | Report it, with the command.
        2091 | A file that should be JSON of a known form is not. | | Make it anew with the command that wrote it.
        6001 | A requirement is not met. | The message says what was expected and what was found; `verify` says where it is declared and which device served instead. | Mend the node, or correct the blueprint.
        6002 | A requirement cannot be judged. | Unknown is not unmet: what would tell is missing, such as a driver. | The message says what is missing.
        6003 | Nothing could be looked at. | Every requirement on the node is unknown: it shows no bus, no processors, no memory. | Run where `/proc` and `/sys` of the node are, or give files that were recorded there with `--facts`.
        6004 | A file that another tool printed tells nothing. | | `millwright facts import --help` lists the tools; make the file anew on the node.
        6005 | A file is too large to be what a tool printed of one node. | | Give the output of one tool on one node.
        6006 | Something kept the facts from being whole. | The message says which tool or file, and what of it. | Verdicts that depend on it are unknown.
        6010 | A file of facts is of another schema. | | Make it anew with `millwright facts --format json`.
        """#
}
