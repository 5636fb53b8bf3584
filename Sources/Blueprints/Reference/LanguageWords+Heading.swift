extension LanguageWords {
    /// What stands above the sections.
    static let heading = #"""
        apiVersion | The version of the language. | millwright/v1
        kind | What the file is. | Blueprint
        metadata | What the blueprint is called. `${metadata.name}` and the like refer to it. | {name: balanced-8xh100, version: 2026.11.0, summary: Trains by day and serves by night}
        metadata.name | Its name, which bundles and journals bear: letters, digits, `-`, `.` and `_`. | balanced-8xh100
        metadata.version | Its version, in any form; it is kept as it is spelled. | 2026.11.0
        metadata.summary | One line that says what such a node is for. | One 8×H100 node that trains by day and serves by night
        extends | Layers: other blueprints, relative to this file's folder, earlier ones first. This file wins over all of them. Maps are merged key by key and lists of named things item by item; `!remove` takes a key or an item out, `!replace` stops the merging. | [../base/ubuntu-22.04.yaml, ../base/nvidia-hopper.yaml]
        parameters | Values that whoever uses the blueprint may set: `${parameters.NAME}`. A value that is one whole reference keeps its type. | {ntpServers: {type: list, default: [ntp.example.org]}}
        parameters.*.type | What kind of value it is. | list
        parameters.*.default | What counts where it is not set; it may refer to other parameters. Without one it must be set. | [ntp.example.org]
        parameters.*.description | What it is for. | NTP servers that the node follows
        parameters.*.allowed | The only values that it may have. | [light, enterprise]
        parameters.*.secret | Whether its value must be seen nowhere: it stands in no plan, report, journal, lock or bundle. Such a value is given with `--values`, `environment` or `file`, never with `--set`. | true | false
        parameters.*.environment | The environment variable that gives its value where nothing else does. | SITE_ADMIN_KEY
        parameters.*.file | The file that gives its value where nothing else does, relative to the blueprint; a last line end is left out. | secrets/admin-key
        """#
}
