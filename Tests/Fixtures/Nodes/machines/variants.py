"""DGX machines that differ from the others, or with which something is wrong."""
from .dgx import DGX
from .nvidia_smi import management_report


def degraded(root):
    DGX(root, degraded=True)


def swapped_board(root):
    """A board of another maker's batch, and one that is no H100 of 80 GB at all."""
    DGX(root, host="dgx-02", machine=2, boards={
        2: {"vbios": "96.00.89.00.01", "subsystem": "10de:16c0"},
        5: {"identity": "10de:2324", "subsystem": "10de:17a6", "vbios": "96.00.6d.00.01", "model": "NVIDIA H800"}})


def gen4_host(root):
    DGX(root, host="dgx-03", machine=3, generation=4)


def down_port(root):
    """A port of the compute network looks for its other end in vain; that of a spare adapter is turned off."""
    DGX(root, host="dgx-04", machine=4, ports={9: (1, 2)}, spare=True)


def power_brake(root):
    dgx = DGX(root, host="dgx-05", machine=5)
    dgx.node.file("/nvidia-smi.xml", management_report(dgx))
