"""What nvidia-smi -q -x writes, in the form of driver 535."""
from .numbers import gpu_uuid


def xml(tag, value, depth=0, more=""):
    """`value` is a text or names with values; a list where a name occurs again."""
    indent = "\t" * depth
    if isinstance(value, (dict, list)):
        inner = "".join(xml(name, part, depth + 1) for name, part in (value.items() if isinstance(value, dict) else value))
        return f"{indent}<{tag}{more}>\n{inner}{indent}</{tag}>\n"
    return f"{indent}<{tag}{more}>{value}</{tag}>\n"


def spread(prefix, **values):
    return {f"{prefix}{name}": value for name, value in values.items()}


def clock_list():
    """From 1980 down to 345 MHz in steps of 15."""
    return [("supported_mem_clock", [("value", "2619 MHz")] + [("supported_graphics_clock", f"{clock} MHz") for clock in range(1980, 330, -15)])]


def limits(draw, limit):
    return {"power_state": "P0", "power_draw": draw, "current_power_limit": limit, "requested_power_limit": limit, "default_power_limit": limit}


def management_gpu(dgx, index, f):
    address = f"00000000:{f.bus:02X}:00.0"
    none = {"sram_correctable": 0, "sram_uncorrectable": 0, "dram_correctable": 0, "dram_uncorrectable": 0}
    clocks = {"graphics_clock": "345 MHz", "sm_clock": "345 MHz", "mem_clock": "2619 MHz", "video_clock": "765 MHz"}
    # Someone or something holds all clocks down at once.
    active = ("hw_slowdown", "hw_power_brake_slowdown")
    reasons = ("gpu_idle", "applications_clocks_setting", "sw_power_cap", "hw_slowdown", "hw_thermal_slowdown", "hw_power_brake_slowdown",
               "sync_boost", "sw_thermal_slowdown", "display_clocks_setting")
    generation = {"max_link_gen": 5, "current_link_gen": 5, "device_current_link_gen": 5, "max_device_link_gen": 5, "max_host_link_gen": 5}
    unknown = {"retired_count": "N/A", "retired_pagelist": "N/A"}
    return [
        ("product_name", "NVIDIA H100 80GB HBM3"), ("product_brand", "NVIDIA"), ("product_architecture", "Hopper"), ("display_mode", "Enabled"),
        ("display_active", "Disabled"), ("persistence_mode", "Enabled"), ("addressing_mode", "None"),
        ("mig_mode", {"current_mig": "Disabled", "pending_mig": "Disabled"}), ("mig_devices", "\n\t\t\tNone\n\t\t"), ("accounting_mode", "Disabled"),
        ("accounting_mode_buffer_size", 4000), ("driver_model", {"current_dm": "N/A", "pending_dm": "N/A"}), ("serial", f"16502240{index:05d}"),
        ("uuid", gpu_uuid(index, dgx.machine)), ("minor_number", index), ("vbios_version", "96.00.74.00.01"), ("multigpu_board", "No"),
        ("board_id", f"0x{f.bus << 8:x}"), ("board_part_number", "692-2G520-0200-000"), ("gpu_part_number", "2330-885-A1"),
        ("gpu_fru_part_number", "N/A"),
        ("gpu_module_id", index + 1),
        ("inforom_version", {"img_version": "G520.0200.00.05", "oem_object": "2.1", "ecc_object": "7.16", "pwr_object": "N/A"}),
        ("gpu_operation_mode", {"current_gom": "N/A", "pending_gom": "N/A"}), ("gsp_firmware_version", dgx.DRIVER),
        ("gpu_virtualization_mode", {"virtualization_mode": "None", "host_vgpu_mode": "N/A"}),
        ("gpu_reset_status", {"reset_required": "No", "drain_and_reset_recommended": "No"}), ("ibmnpu", {"relaxed_ordering_mode": "N/A"}),
        ("pci", {"pci_bus": f"{f.bus:02X}", "pci_device": "00", "pci_domain": "0000", "pci_device_id": "233010DE", "pci_bus_id": address,
                 "pci_sub_system_id": "16C110DE", "pci_gpu_link_info": {
                     "pcie_gen": generation, "link_widths": {"max_link_width": "16x", "current_link_width": "16x"}},
                 "pci_bridge_chip": {"bridge_chip_type": "N/A", "bridge_chip_fw": "N/A"}, "replay_counter": 0, "replay_rollover_counter": 0,
                 "tx_util": "1204 KB/s", "rx_util": "1130 KB/s", "atomic_caps_inbound": "N/A", "atomic_caps_outbound": "N/A"}),
        ("fan_speed", "N/A"), ("performance_state", "P0"),
        ("clocks_event_reasons", {f"clocks_event_reason_{name}": "Active" if name in active else "Not Active" for name in reasons}),
        ("fb_memory_usage", {"total": "81559 MiB", "reserved": "551 MiB", "used": "70214 MiB", "free": "10794 MiB"}),
        ("bar1_memory_usage", {"total": "131072 MiB", "used": "1 MiB", "free": "131071 MiB"}),
        ("cc_protected_memory_usage", {"total": "0 MiB", "used": "0 MiB", "free": "0 MiB"}), ("compute_mode", "Default"),
        ("utilization", {"gpu_util": "100 %", "memory_util": "3 %", "encoder_util": "0 %", "decoder_util": "0 %", "jpeg_util": "0 %",
                         "ofa_util": "0 %"}),
        ("encoder_stats", {"session_count": 0, "average_fps": 0, "average_latency": 0}),
        ("fbc_stats", {"session_count": 0, "average_fps": 0, "average_latency": 0}),
        ("ecc_mode", {"current_ecc": "Enabled", "pending_ecc": "Enabled"}), ("ecc_errors", {"volatile": none, "aggregate": none}),
        ("retired_pages", {"multiple_single_bit_retirement": unknown, "double_bit_retirement": unknown, "pending_blacklist": "N/A",
                           "pending_retirement": "N/A"}),
        ("remapped_rows", {**spread("remapped_row_", corr=0, unc=0, pending="No", failure="No"), "row_remapper_histogram": spread(
            "row_remapper_histogram_", max="2560 bank(s)", high="0 bank(s)", partial="0 bank(s)", low="0 bank(s)", none="0 bank(s)")}),
        ("temperature", {"gpu_temp": f"{31 + index % 3} C", "gpu_temp_tlimit": f"{54 - index % 3} C", "gpu_temp_max_tlimit_threshold": "-8 C",
                         "gpu_temp_slow_tlimit_threshold": "-2 C", "gpu_temp_max_gpu_tlimit_threshold": "0 C", "gpu_target_temperature": "N/A",
                         "memory_temp": f"{42 + index % 3} C", "gpu_temp_max_mem_tlimit_threshold": "0 C"}),
        ("supported_gpu_target_temp", {"gpu_target_temp_min": "N/A", "gpu_target_temp_max": "N/A"}),
        ("gpu_power_readings", {**limits(f"{171 + index}.{20 + index} W", "700.00 W"), "min_power_limit": "200.00 W", "max_power_limit": "700.00 W"}),
        ("module_power_readings", {**limits("N/A", "N/A"), "min_power_limit": "N/A", "max_power_limit": "N/A"}),
        ("clocks", clocks), ("applications_clocks", {"graphics_clock": "1980 MHz", "mem_clock": "2619 MHz"}),
        ("default_applications_clocks", {"graphics_clock": "1980 MHz", "mem_clock": "2619 MHz"}), ("deferred_clocks", {"mem_clock": "N/A"}),
        ("max_clocks", {"graphics_clock": "1980 MHz", "sm_clock": "1980 MHz", "mem_clock": "2619 MHz", "video_clock": "1545 MHz"}),
        ("max_customer_boost_clocks", {"graphics_clock": "1980 MHz"}), ("clock_policy", {"auto_boost": "N/A", "auto_boost_default": "N/A"}),
        ("voltage", {"graphics_volt": "675.000 mV"}), ("fabric", {"state": "Completed", "status": "Success"}), ("supported_clocks", clock_list()),
        ("processes", [("process_info", {"gpu_instance_id": "N/A", "compute_instance_id": "N/A", "pid": 91200 + index, "type": "C",
                                         "process_name": "python3", "used_memory": "70204 MiB"})]), ("accounted_processes", "\n\t\t"),
    ]


def management_report(dgx):
    gpus = "".join(xml("gpu", management_gpu(dgx, index, f), 1, f' id="00000000:{f.bus:02X}:00.0"') for index, f in enumerate(dgx.cards))
    return ('<?xml version="1.0" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">\n<nvidia_smi_log>\n'
            "\t<timestamp>Fri Nov 20 09:41:12 2026</timestamp>\n"
            f"\t<driver_version>{dgx.DRIVER}</driver_version>\n\t<cuda_version>12.2</cuda_version>\n\t<attached_gpus>{len(dgx.cards)}</attached_gpus>\n{gpus}"
            "</nvidia_smi_log>")
