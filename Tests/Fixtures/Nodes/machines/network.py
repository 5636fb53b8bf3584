"""Network interfaces, and adapters for RDMA."""
from .numbers import guid, mac

STATISTICS = (
    "collisions multicast rx_bytes rx_compressed rx_crc_errors rx_dropped rx_errors rx_fifo_errors rx_frame_errors rx_length_errors "
    "rx_missed_errors rx_nohandler rx_over_errors rx_packets tx_aborted_errors tx_bytes tx_carrier_errors tx_compressed tx_dropped "
    "tx_errors tx_fifo_errors tx_heartbeat_errors tx_packets tx_window_errors").split()
COUNTERS = (
    "VL15_dropped excessive_buffer_overrun_errors link_downed link_error_recovery local_link_integrity_errors multicast_rcv_packets "
    "multicast_xmit_packets port_rcv_constraint_errors port_rcv_data port_rcv_errors port_rcv_packets port_rcv_remote_physical_errors "
    "port_rcv_switch_relay_errors port_xmit_constraint_errors port_xmit_data port_xmit_discards port_xmit_packets port_xmit_wait "
    "symbol_error unicast_rcv_packets unicast_xmit_packets").split()
HARDWARE_COUNTERS = (
    "duplicate_request implied_nak_seq_err local_ack_timeout_err np_cnp_sent np_ecn_marked_roce_packets out_of_buffer out_of_sequence "
    "packet_seq_err req_cqe_error req_cqe_flush_error req_remote_access_errors req_remote_invalid_request resp_cqe_error "
    "resp_cqe_flush_error resp_local_length_error resp_remote_access_errors rnr_nak_retry_err roce_adp_retrans roce_adp_retrans_to "
    "roce_slow_restart roce_slow_restart_cnps roce_slow_restart_trans rp_cnp_handled rp_cnp_ignored rx_atomic_requests rx_dct_connect "
    "rx_icrc_encapsulated rx_read_requests rx_write_requests").split()
PORT_STATES = {1: "1: DOWN", 2: "2: INIT", 3: "3: ARMED", 4: "4: ACTIVE"}
PHYSICAL_STATES = {2: "2: Polling", 3: "3: Disabled", 4: "4: PortConfigurationTraining", 5: "5: LinkUp"}


class Network:
    def interface(self, f, name, *, kind=1, state="up", speed=None, mtu=1500, mac=mac(1), port=0, changes=2, errors=(), folder=None, device=None):
        """`f` is a function; `folder` and `device` say otherwise where the interface stands on something below one."""
        base = folder or f.folder
        self.interfaces += 1
        place, index, up = f"{base}/net/{name}", self.interfaces, state == "up"
        self.files(place, type=kind, operstate=state, speed=speed, mtu=mtu, address=mac, dev_port=port, ifindex=index, carrier=1 if up else 0,
                   carrier_changes=changes, carrier_up_count=(changes + 1) // 2, carrier_down_count=changes // 2, tx_queue_len=1000,
                   duplex=("full" if up else "unknown") if kind == 1 else None, flags="0x1003", addr_len=20 if kind == 32 else 6)
        traffic = dict(rx_bytes=913_288_111_002 + index, tx_bytes=88_120_334_771 + index, rx_packets=640_112_902, tx_packets=201_337_418,
                       multicast=18_231, rx_dropped=1_204) if up else {}
        self.files(f"{place}/statistics", {counter: 0 for counter in STATISTICS} | traffic | dict(errors))
        self.link(f"{place}/device", device or base)
        self.link(f"/sys/class/net/{name}", place)
        return place

    def loopback(self):
        self.files("/sys/devices/virtual/net/lo", type=772, operstate="unknown", mtu=65536, address="00:00:00:00:00:00", carrier=1, carrier_changes=0,
                   dev_port=0, ifindex=1)
        self.files("/sys/devices/virtual/net/lo/statistics", {counter: 0 for counter in STATISTICS})
        self.link("/sys/class/net/lo", "/sys/devices/virtual/net/lo")

    def adapter(self, f, name, number, *, firmware, board, card=None, state=4, physical=5, rate="400 Gb/sec (4X NDR)", layer="InfiniBand",
                lid=None, manager="0x1", interface=None, ipv4=None, kind=None, errors=()):
        """An RDMA adapter with one port. `number` makes its GUID, `card` that of the card it shares with others."""
        place, own = f"{f.folder}/infiniband/{name}", guid(number)
        infiniband = layer == "InfiniBand"
        # mlx5 calls its type by the PCI identity in decimal.
        self.files(place, hca_type=kind or f"MT{f.device}", fw_ver=firmware, board_id=board, hw_rev="0", node_type="1: CA", node_guid=own,
                   sys_image_guid=guid(card if card is not None else number), node_desc=f"{self.host} {name}")
        port = f"{place}/ports/1"
        lid = (lid if state > 1 else "0xffff") if infiniband else "0x0"
        self.files(port, state=PORT_STATES[state], phys_state=PHYSICAL_STATES[physical], rate=rate, link_layer=layer, lid=lid, lid_mask_count=0,
                   sm_lid=manager if infiniband and state > 1 else "0x0", sm_sl=0, cap_mask="0xa759e848" if infiniband else "0x00010000")
        local = "fe80:0000:0000:0000:"
        if infiniband:
            self.files(f"{port}/gids", {"0": local + own})
            self.files(f"{port}/gid_attrs/types", {"0": "IB/RoCE v1"})
        else:
            address = "0000:0000:0000:0000:0000:ffff:" + ipv4 if ipv4 else None
            gids = [local + own] * 2 + ([address] * 2 if address else [])
            self.files(f"{port}/gids", {str(n): text for n, text in enumerate(gids)})
            self.files(f"{port}/gid_attrs/types", {str(n): ("IB/RoCE v1", "RoCE v2")[n % 2] for n in range(len(gids))})
            if interface:
                self.files(f"{port}/gid_attrs/ndevs", {str(n): interface for n in range(len(gids))})
        self.file(f"{port}/pkeys/0", "0xffff")
        traffic = dict(port_xmit_data=41_223_118_905_002 + number, port_rcv_data=41_187_332_100_914 + number, port_xmit_packets=161_009_113_204,
                       port_rcv_packets=160_870_224_117, unicast_xmit_packets=161_009_113_204, unicast_rcv_packets=160_870_224_117,
                       multicast_rcv_packets=4_310, multicast_xmit_packets=12, port_xmit_wait=88_213) if state == 4 else {}
        given = dict(errors)
        self.files(f"{port}/counters", {counter: 0 for counter in COUNTERS} | traffic | {k: v for k, v in given.items() if k in COUNTERS})
        self.files(f"{port}/hw_counters", {counter: 0 for counter in HARDWARE_COUNTERS} | {"lifespan": 10}
                   | {k: v for k, v in given.items() if k in HARDWARE_COUNTERS})
        self.link(f"{place}/device", f.folder)
        self.link(f"/sys/class/infiniband/{name}", place)
