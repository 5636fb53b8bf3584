extension Explanation {
    /// What can be wrong in a blueprint itself.
    static let language = #"""
        1001 | The file is too large to be a blueprint. | At most 32 MiB are read, so that a wrong file name cannot fill the memory. | Name large things with `source:` or `artifacts:`; a blueprint does not hold them.
        1002 | The file is not valid UTF-8. | Every name and value is text, and a byte that is no text cannot be compared, shown or written back unchanged. | Save the file as UTF-8: `iconv -f ISO-8859-1 -t UTF-8 OLD >NEW` for a Latin-1 file, `-f GBK` for a GBK one.
        1003 | The file is UTF-16 or binary. | Only UTF-8 is read. | Save it as UTF-8: `iconv -f UTF-16 -t UTF-8 OLD >NEW`.
        1004 | The file is not valid YAML. | The message is libyaml's, with the place where reading stopped; what stands after that place was not looked at. | Look at the indentation of the line, at tabs, and for a bracket, brace or quote that is not closed; a value that holds `: ` or begins with a sign needs quotes.
        1005 | Something is nested too deep. | 64 levels are far more than the language has; deeper files are mistakes or attacks. | Look for a list or a mapping that was indented below itself.
        1006 | The file holds a second document. | A blueprint is one document, so that a digest of a file names one blueprint. | Put each in a file of its own; `extends` joins them.
        1007 | A key stands twice in one mapping. | YAML readers differ in which one they take, so neither is. | Remove one of them, or join their values.
        1008 | The file is empty. | | Begin with `apiVersion: millwright/v1`, `kind: Blueprint` and `metadata: {name: …}`.
        1009 | The YAML reader could not start. | Memory is short. | Free some.
        1010 | A key is a list or a mapping. | Keys are words. | Look for a `?` or a bracket where a key was meant.
        1011 | An alias names no anchor. | `*name` repeats what `&name` marked before it in the same file. | Correct the name, or use a parameter.
        1012 | Aliases expand to too much. | A few lines of aliases can stand for billions of values. | Write the values out, or use parameters.
        1013 | The file holds too many values. | | Split it into layers, or carry the data as an artifact.
        1014 | A tag is not known. | Types come from the language, not from tags. Only `!remove` and `!replace` mean something, in layers. | Leave it out.
        1015 | No longer used. | It said that layers were not supported. |
        1016 | A merge key (`<<`) is used. | It is no part of YAML 1.2, and readers differ in what wins. Anchors and aliases repeat whole values and are taken. | Use a parameter for what several things share, or a layer.
        1101 | A mapping has a key that it does not know. | Nothing unknown passes: a mistyped key would leave something undone without a word. | Correct its spelling; the hint names the nearest one or all that are known. `millwright schema` and the reference list them.
        1102 | A mapping is expected. | | Write `key: value` pairs, below each other or between braces.
        1103 | No longer used. | It said that a key was not supported. |
        1104 | A key that must be there is missing. | | Add it; the hint shows how it is written.
        1105 | A list is expected. | A single value where a list is due is not taken for a list of one, since a missing dash looks the same. | Put brackets around it.
        1106 | A single value is expected. | | Look for a value that was indented or put in brackets by mistake.
        1107 | A key has no value. | An empty value is YAML's null, which no key takes. | Give it one, or take the key out; `""` is an empty text.
        1201 | The value must be true or false. | YAML 1.2 knows only these two; `yes`, `on` and `1` are texts. | Write `true` or `false`.
        1202 | The value must be a whole number within bounds. | | Write digits only.
        1203 | The value is no file mode. | A mode is three or four octal digits and is taken as it is spelled, quoted or not. | Write `"0644"`, `"0755"` or the like.
        1204 | The value is no quantity. | A quantity has a number and a unit, because `80 GB` and `80 GiB` differ by 7 %. | Write the unit that the message lists.
        1205 | The value is no version or constraint. | Constraints are `=`, `!=`, `<`, `<=`, `>`, `>=` and `a..b`, joined by `,`; what other tools write, such as `~>` or `^`, would pass for a strange version. | Write it so: `">= 5.15, < 6"`.
        1206 | The value is none of the words that are known here. | | Take one of those that the message lists.
        1207 | The value is no absolute path. | A path begins with `/` and has no `..`, so that what it names does not depend on where something runs. | Write the whole path.
        1208 | The blueprint's name is no plain word. | It becomes part of file names and of a bundle's reference. | Use letters, digits, `-`, `.` and `_`.
        1209 | A parameter's value is not of its type, or not among the allowed ones. | | Set it to what the message asks for, or change the declaration.
        1210 | The value is no PCI identity. | Vendor and device, four hex digits each, as `lspci -nn` prints them between brackets. | Write `"10de:2330"`, with quotes.
        1211 | The key is no kernel parameter. | It comes to stand in a file that sysctl reads. | Write it as `sysctl -a` prints it.
        1212 | The value is no name of a kernel module. | | Write it as `lsmod` prints it.
        1213 | The value is no name of a Debian package. | | A constraint is written apart: `{name: rdma-core, version: ">= 39"}`.
        1214 | A field of passwd(5) holds what cannot stand there. | `:` separates the fields of that file. | Take it out.
        1215 | The value is no name of an account. | Lower-case letters, digits, `_` and `-`, at most 32, no digit first: what useradd takes on Debian. | Choose such a name, or give a number.
        1216 | The value is no name of a systemd unit. | A unit has an ending. | Add `.service`, `.socket`, `.timer` or the like.
        1217 | A name is no plain word. | It becomes part of file names. | Use letters, digits, `-`, `.` and `_`.
        1218 | A source begins with none of the known schemes. | | A local file is written `file:` and its path from the blueprint's folder.
        1219 | A source does not name one version. | What is fetched must be the same tomorrow. | Name the version or the commit.
        1220 | The value is no digest. | | `sha256sum FILE` prints the digits; write `sha256:` before them.
        1221 | A check's address is neither http nor https. | |
        1222 | A check's command is empty or has a quote that is not closed. | It is split into words as a shell does. | Close the quote.
        1223 | A text holds a NUL character. | No program and no file name can take one. | Take it out.
        1224 | A value must be one line. | It becomes a line of a file that other programs read: a line end would smuggle in a second one. | Take line ends and control characters out.
        1226 | The value is no release of Python. | | Write `"3.11"`, or `python3.11` for an interpreter.
        1227 | The value is no requirement of a Python package. | It is handed to pip, which takes what begins with a dash for an option. | Write `NAME`, `NAME==VERSION` or `NAME>=VERSION`.
        1228 | A value must be one word. | It comes to stand in the configuration of the package archive. |
        1230 | The value is no name of an environment variable. | | Use letters, digits and `_`, no digit first.
        1231 | The value is no word of the kernel's command line. | It comes to stand between double quotes in a file that a shell reads. | Give each word as an item, without quotes, blanks, `$` or backslashes.
        1232 | The value is no host name or address. | It becomes a line of the time daemon's configuration. |
        1233 | A limit is not one that limits.conf(5) takes. | |
        1234 | A value must be one word without blanks. | |
        1235 | The value is no host name. | Letters, digits and `-`, parts joined by `.`, at most 64 characters: hostname(7). |
        1236 | The value is no time zone. | | Write it as the time zone database does: `Asia/Shanghai`, `Etc/UTC`.
        1237 | A release is expected, not a constraint. | What is installed must be known beforehand, so that what works together can be checked. | Write one release: `"12.1"`.
        1238 | The value is no reference of an image. | Names of images are lower case. | Write `REGISTRY/NAME:TAG`, better with `@sha256:` and the digest.
        1239 | A container's GPUs, volume or port is not in its form. | | `gpus: all`, `/HOST:/CONTAINER:ro`, `8080:80`.
        1240 | A line of authorized_keys is none. | It holds the kind of key and the key, with options before and a comment behind. | Take the line from the `.pub` file.
        1301 | A package that must be absent has a version. | | Take one of the two out.
        1302 | A file that must be absent has content. | | Take one of the two out.
        1303 | A file has two contents. | | Keep `content` or `source`.
        1304 | `template` stands beside `content`. | References in `content` are always filled in. | Take `template` out; `$${` is a literal `${`.
        1305 | A masked unit is also to be enabled or to run. | systemd starts no masked unit. | Take one of them out.
        1306 | An artifact is both placed and unpacked. | | Keep `path` or `unpack`.
        1307 | Ownership stands beside `unpack` instead of in it. | |
        1308 | Wheels are to be unpacked. | pip installs from the files. | Give `path`, a folder for them.
        1309 | An artifact has both sources and wheels. | | Make two artifacts of it.
        1310 | An artifact has no source. | |
        1311 | A check asks nothing, or several things. | | Give each its own check.
        1312 | A check expects what its kind cannot give. | |
        1313 | A secret has a default, or is no text. | A blueprint is read by many and kept for years. | Give it with `--values`, `environment:` or `file:`.
        1314 | A repository's suite and components do not fit together. | A flat archive, whose suite ends in `/`, has no components; any other has some. |
        1315 | A RAID level needs more devices. | |
        1316 | The RDMA stack lacks a version, or has one that it cannot have. | |
        1317 | A model is of pickle files. | Loading one runs whatever code is in it. | Take the model's safetensors, or say `allowPickle: true` and know who made it.
        1318 | A secret is too short. | What is shown is searched for it, and a few letters stand in half of all words. | Take one of six characters or more.
        1319 | A secret is given on the command line. | Every user of the machine sees the arguments of every process, and shells keep a history. | Give it in a file of `--values`, or by the environment.
        1320 | A reference is not closed. | | Add the `}`, or write `$${` for a literal `${`.
        1321 | A list or a mapping stands inside a text. | | Let the reference be the whole value.
        1322 | A reference refers to nothing. | | Correct the name; the hint lists what there is.
        1323 | A parameter refers to itself. | | Break the circle: give one of them a value of its own.
        1324 | A value is given for a parameter that the blueprint does not declare. | A mistyped name would otherwise change nothing, without a word. | Correct the name, or declare the parameter.
        1325 | A parameter has no value. | | Set it, or give it a default.
        1326 | `metadata` holds a reference. | Others refer to it, so it is read first. | Write it out.
        1327 | References expand to too much. | A parameter whose default holds another one twice doubles it each time. |
        1328 | A lock depends on a fact of the node. | Bundles are built where no node is. | Make it a parameter.
        1329 | The file that gives a parameter's value cannot be read. | | Look at its path, its kind, its owner and mode.
        1330 | Something is declared twice. | | Keep one; in layers a thing of the same name is merged, so look for a second one in the same file.
        1331 | Two accounts have one number. | Files would belong to both. |
        1332 | Two declarations claim one path. | Each would undo the other at every run. | Keep one of them.
        1333 | Something stands inside an artifact's folder. | The artifact is put in place whole, so it would be swept away. | Put it elsewhere, or link to it.
        1334 | Something stands below what is no directory. | |
        1335 | A module is both loaded and blacklisted. | |
        1336 | `notify` names a unit that is not declared. | Only what is declared is restarted. | Declare it below `services`.
        1337 | `after` names something that is not declared. | | Write `KIND:NAME`: `package:chrony`, `file:/etc/motd`.
        1338 | `topology` names neither a kind of device nor a group. | Kinds are `gpus`, `accelerators`, `nics` and `nvme`; a group is known by its `name`. | Give the group that is meant a `name`.
        1340 | An owner or a group is declared nowhere. | Only a warning: a package may make it, or the node has it already. | Declare it, or name the package that makes it with `after`.
        1341 | A path lies where the engine keeps its own state. | | Choose another place.
        1345 | `severity` and `optional` say two things. | `optional: true` is the same as `severity: note`. | Leave one of them out.
        1350 | Layers extend each other in a circle. | | Take one of the `extends` out.
        1351 | A layer cannot be read. | Layers are looked for from the folder of the file that names them. | Correct the path, or put the file there.
        1352 | `!remove` removes nothing. | It was meant for something that a layer below has; most often its name is mistyped. | Correct the name, or take the line out.
        1353 | A key is one kind of thing here and another in a layer below. | They cannot be merged. | Correct it, or put `!replace` before the value.
        1354 | `extends` holds a reference. | What it names is read before anything is filled in. | Write the path out.
        1355 | A blueprint has too many layers. | |
        1401 | Two things do not work together, or do not do what is said of them. | The table of compatibility has a row for it, with its source and its date; the message names the row. | Take the choice that the hint names, or add a row of your own with `--compatibility FILE`.
        1402 | Two things may not work together as well as they should. | As MW1401, but it runs. | Take the choice that the hint names if you can.
        1403 | A table of compatibility is not in its form. | | The reference says what a row holds.
        """#
}
