"""Holds YAML files against a JSON Schema with the public validator: schema-check.py SCHEMA FILE...

Prints one JSON object: for each file the number of errors and the first one's words; null where it is no YAML.
"""
import json
import re
import subprocess
import sys
import tempfile

import yaml

try:
    from jsonschema import Draft202012Validator
except ImportError:  # Ubuntu 22.04 packages one that is too old for this draft.
    place = tempfile.mkdtemp()
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--target", place, "jsonschema>=4"], check=True)
    sys.path.insert(0, place)
    for name in [name for name in sys.modules if name.split(".")[0] in ("jsonschema", "attr", "attrs")]:
        del sys.modules[name]
    from jsonschema import Draft202012Validator


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Core.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), list("-+.0123456789")
)
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
# What is removed stands in no blueprint that is read; a reference stands for anything.
Core.add_constructor("!remove", lambda loader, node: "${removed}")


def replace(loader, node):
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


Core.add_constructor("!replace", replace)

with open(sys.argv[1]) as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
found = {}
for path in sys.argv[2:]:
    try:
        with open(path, encoding="utf-8") as file:
            document = yaml.load(file, Core)
    except (yaml.YAMLError, UnicodeDecodeError):
        found[path] = None
        continue
    errors = sorted(validator.iter_errors(document), key=str)
    found[path] = {"errors": len(errors), "first": f"{errors[0].json_path}: {errors[0].message[:200]}" if errors else ""}
print(json.dumps(found))
