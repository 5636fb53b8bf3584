"""Machines of our trade, one module each, and what they are made of.

The parts of a node are mixins that `node.Node` is put together from: `tree`, `system`, `processors`, `dmi`, `bus`, `nvidia`, `network`,
`drives`. Below them stand formats that know no node: `numbers`, `function`, `configuration`, `smbios`. Above them stands what several
machines have: `cpuinfo`, `xeon`, `epyc`, `settings`, `software`. A module of a machine imports from all of these, and none from it.
"""
