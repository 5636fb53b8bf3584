#ifndef MILLWRIGHT_CNVML_H
#define MILLWRIGHT_CNVML_H

// NVIDIA's management library as far as we ask it. It is never linked: a node without a driver has none, and is still judged.
//
// Every number comes with the code that the library gave for it, so that "not supported" is told from zero. A function
// that an older library lacks counts as 13, as the library itself would say.

#include <stdint.h>

#define MW_NVML_CLOCKS 512

/// A value, and the library's code for it: 0 where it is known.
typedef struct {
    int32_t code;
    int64_t value;
} mw_nvml_number;

/// What one GPU tells. Texts are empty where they are unknown.
typedef struct {
    char bus[40];
    char name[100];
    char uuid[100];
    char serial[40];
    char firmware[40];
    char board[40];
    char inforom[40];
    char system_firmware[80];
    /// Bytes, with what is reserved; and of them in use.
    mw_nvml_number memory, memory_used;
    mw_nvml_number maximum_link_generation, own_link_generation, replays;
    mw_nvml_number ecc, ecc_pending, uncorrected_volatile, uncorrected_aggregate, corrected_volatile;
    /// Pages retired after errors of one bit and of two, and whether one waits for a reset.
    mw_nvml_number retired_single, retired_double, retirement_pending;
    mw_nvml_number remapped_uncorrectable, remap_pending, remap_failure;
    mw_nvml_number mig, persistence;
    /// Milliwatts.
    mw_nvml_number power_limit, enforced_power_limit, default_power_limit, power_use;
    /// Degrees Celsius; the margin is what is left until it slows down.
    mw_nvml_number temperature, memory_temperature, margin;
    /// Per cent of the time that it worked.
    mw_nvml_number utilisation;
    /// MHz.
    mw_nvml_number clock, maximum_clock, maximum_memory_clock;
    /// Bits, as NVML names them: what holds the clocks down now.
    mw_nvml_number reasons;
    /// NVLinks that are active, of those that answer.
    mw_nvml_number links, active_links;
    /// Megabytes per second of one NVLink.
    mw_nvml_number link_rate;
    /// 3: completed.
    mw_nvml_number fabric_state, fabric_status;
    /// Graphics clocks, MHz, that can be locked at the highest memory clock; `clocks` says how many are listed.
    mw_nvml_number clocks;
    uint32_t clock_list[MW_NVML_CLOCKS];
} mw_nvml_device;

typedef struct {
    char driver[100];
    /// 12010 is 12.1.
    mw_nvml_number cuda;
    mw_nvml_number devices;
} mw_nvml_system;

/// Opens the library by name or path and starts it.
/// Returns 0; -1 where there is no such library or it is none, with why in `reason`; else the library's code.
int mw_nvml_open(const char *name, void **library, char *reason, uint32_t size);

/// Ends the library; the handle is not to be used after it.
void mw_nvml_close(void *library);

void mw_nvml_read_system(void *library, mw_nvml_system *system);

/// Returns 0, or the library's code where the device cannot be had at all: 15 where it is lost.
int mw_nvml_read_device(void *library, uint32_t index, mw_nvml_device *device);

#endif
