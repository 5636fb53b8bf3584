#include "CNVML.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The entry points by their versioned names: plain ones are macros of the library's header. A device is a pointer of the
// library's own; an enumeration is an int; a result is an int, 0 for success.
typedef void *device_t;

enum { FUNCTION_NOT_FOUND = 13 };

/// As nvmlPciInfo_t: 68 bytes.
typedef struct {
    char legacy_bus[16];
    unsigned int domain, bus, device, pci, subsystem;
    char bus_id[32];
} pci_info;

/// As nvmlMemory_v2_t: 40 bytes.
typedef struct {
    unsigned int version;
    unsigned long long total, reserved, free, used;
} memory_info;

/// As nvmlGpuFabricInfo_v2_t: 36 bytes.
typedef struct {
    unsigned int version;
    unsigned char cluster[16];
    int status;
    unsigned int clique;
    unsigned char state;
    unsigned int health;
} fabric_info;

/// As nvmlMarginTemperature_v1_t: 8 bytes.
typedef struct {
    unsigned int version;
    int margin;
} margin_info;

/// As nvmlUtilization_t.
typedef struct {
    unsigned int gpu, memory;
} utilisation_info;

/// As nvmlFieldValue_t: 40 bytes.
typedef struct {
    unsigned int field, scope;
    long long timestamp, latency;
    int type;
    int code;
    union {
        double number;
        unsigned int word;
        unsigned long long wide;
        long long wide_signed;
        int word_signed;
    } value;
} field_value;

/// Fields by their numbers in NVML's header.
enum { FIELD_MEMORY_TEMPERATURE = 82, FIELD_LINK_RATE = 90 };

#define VERSIONED(type, number) ((unsigned int)(sizeof(type) | ((number) << 24)))

static const mw_nvml_number unasked = {FUNCTION_NOT_FOUND, 0};

int mw_nvml_open(const char *name, void **library, char *reason, uint32_t size) {
    *library = NULL;
    void *opened = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!opened) {
        const char *why = dlerror();
        snprintf(reason, size, "%s", why ? why : "it cannot be opened");
        return -1;
    }
    int (*start)(void) = (int (*)(void))dlsym(opened, "nvmlInit_v2");
    if (!start) {
        snprintf(reason, size, "%s has no nvmlInit_v2", name);
        dlclose(opened);
        return -1;
    }
    int code = start();
    if (code != 0) {
        dlclose(opened);
        return code;
    }
    *library = opened;
    return 0;
}

void mw_nvml_close(void *library) {
    int (*stop)(void) = (int (*)(void))dlsym(library, "nvmlShutdown");
    // It stays mapped: what it registered with the process may still be called.
    if (stop) stop();
}

static mw_nvml_number known(int code, int64_t value) { return (mw_nvml_number){code, code == 0 ? value : 0}; }

static void ask_text(void *library, const char *name, device_t device, char *text, size_t size) {
    int (*function)(device_t, char *, unsigned int) = (int (*)(device_t, char *, unsigned int))dlsym(library, name);
    text[0] = 0;
    if (!function || function(device, text, (unsigned int)size) != 0) text[0] = 0;
    text[size - 1] = 0;
}

static mw_nvml_number ask_number(void *library, const char *name, device_t device) {
    int (*function)(device_t, unsigned int *) = (int (*)(device_t, unsigned int *))dlsym(library, name);
    if (!function) return unasked;
    unsigned int value = 0;
    int code = function(device, &value);
    return known(code, value);
}

/// The same with a selector before the value.
static mw_nvml_number ask_of(void *library, const char *name, device_t device, int selector) {
    int (*function)(device_t, int, unsigned int *) = (int (*)(device_t, int, unsigned int *))dlsym(library, name);
    if (!function) return unasked;
    unsigned int value = 0;
    int code = function(device, selector, &value);
    return known(code, value);
}

/// Two values by one call: now, and after a reset.
static void ask_pair(void *library, const char *name, device_t device, mw_nvml_number *now, mw_nvml_number *later) {
    int (*function)(device_t, unsigned int *, unsigned int *) =
        (int (*)(device_t, unsigned int *, unsigned int *))dlsym(library, name);
    *now = *later = unasked;
    if (!function) return;
    unsigned int a = 0, b = 0;
    int code = function(device, &a, &b);
    *now = known(code, a);
    *later = known(code, b);
}

static mw_nvml_number ask_errors(void *library, device_t device, int type, int counter) {
    int (*function)(device_t, int, int, unsigned long long *) =
        (int (*)(device_t, int, int, unsigned long long *))dlsym(library, "nvmlDeviceGetTotalEccErrors");
    if (!function) return unasked;
    unsigned long long value = 0;
    int code = function(device, type, counter, &value);
    return known(code, (int64_t)value);
}

static void ask_remapping(void *library, device_t device, mw_nvml_device *out) {
    int (*function)(device_t, unsigned int *, unsigned int *, unsigned int *, unsigned int *) =
        (int (*)(device_t, unsigned int *, unsigned int *, unsigned int *, unsigned int *))dlsym(
            library, "nvmlDeviceGetRemappedRows");
    unsigned int correctable = 0, uncorrectable = 0, pending = 0, failure = 0;
    int code = function ? function(device, &correctable, &uncorrectable, &pending, &failure) : FUNCTION_NOT_FOUND;
    (void)correctable;
    out->remapped_uncorrectable = known(code, uncorrectable);
    out->remap_pending = known(code, pending);
    out->remap_failure = known(code, failure);
}

static mw_nvml_number ask_retired(void *library, device_t device, int cause) {
    int (*function)(device_t, int, unsigned int *, unsigned long long *, unsigned long long *) =
        (int (*)(device_t, int, unsigned int *, unsigned long long *, unsigned long long *))dlsym(
            library, "nvmlDeviceGetRetiredPages_v2");
    if (!function) return unasked;
    unsigned int count = 0;
    // Without room for addresses it says how many there are, and that the room is too small (7).
    int code = function(device, cause, &count, NULL, NULL);
    return known(code == 7 ? 0 : code, count);
}

static mw_nvml_number ask_utilisation(void *library, device_t device) {
    int (*function)(device_t, utilisation_info *) =
        (int (*)(device_t, utilisation_info *))dlsym(library, "nvmlDeviceGetUtilizationRates");
    if (!function) return unasked;
    utilisation_info rates = {0, 0};
    int code = function(device, &rates);
    return known(code, rates.gpu);
}

static mw_nvml_number ask_field(void *library, device_t device, unsigned int field) {
    int (*function)(device_t, int, field_value *) =
        (int (*)(device_t, int, field_value *))dlsym(library, "nvmlDeviceGetFieldValues");
    if (!function) return unasked;
    field_value value;
    memset(&value, 0, sizeof value);
    value.field = field;
    int code = function(device, 1, &value);
    if (code != 0) return known(code, 0);
    if (value.code != 0) return known(value.code, 0);
    switch (value.type) {
    case 0: return known(0, (int64_t)value.value.number);
    case 1: return known(0, value.value.word);
    case 2:
    case 3: return known(0, (int64_t)value.value.wide);
    case 4: return known(0, value.value.wide_signed);
    case 5: return known(0, value.value.word_signed);
    default: return unasked;
    }
}

/// The only text whose function takes no size: the library writes at most 64 bytes.
static void ask_system_firmware(void *library, device_t device, char *text, size_t size) {
    int (*function)(device_t, char *) = (int (*)(device_t, char *))dlsym(library, "nvmlDeviceGetGspFirmwareVersion");
    text[0] = 0;
    if (!function || size < 64 || function(device, text) != 0) text[0] = 0;
    text[size - 1] = 0;
}

static mw_nvml_number ask_reasons(void *library, device_t device) {
    // The older name is of drivers before 535.
    const char *names[] = {"nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetCurrentClocksThrottleReasons"};
    for (int i = 0; i < 2; i++) {
        int (*function)(device_t, unsigned long long *) =
            (int (*)(device_t, unsigned long long *))dlsym(library, names[i]);
        if (!function) continue;
        unsigned long long value = 0;
        int code = function(device, &value);
        return known(code, (int64_t)value);
    }
    return unasked;
}

static void ask_links(void *library, device_t device, mw_nvml_device *out) {
    int (*function)(device_t, unsigned int, int *) =
        (int (*)(device_t, unsigned int, int *))dlsym(library, "nvmlDeviceGetNvLinkState");
    out->links = out->active_links = unasked;
    if (!function) return;
    int64_t links = 0, active = 0;
    int first = 0;
    for (unsigned int link = 0; link < 18; link++) {
        int state = 0;
        int code = function(device, link, &state);
        if (link == 0) first = code;
        if (code != 0) continue;
        links++;
        active += state != 0;
    }
    int code = links > 0 ? 0 : first;
    out->links = known(code, links);
    out->active_links = known(code, active);
}

static void ask_fabric(void *library, device_t device, mw_nvml_device *out) {
    int (*function)(device_t, fabric_info *) =
        (int (*)(device_t, fabric_info *))dlsym(library, "nvmlDeviceGetGpuFabricInfoV");
    fabric_info info = {.version = VERSIONED(fabric_info, 2)};
    int code = function ? function(device, &info) : FUNCTION_NOT_FOUND;
    out->fabric_state = known(code, info.state);
    out->fabric_status = known(code, info.status);
}

static void ask_clocks(void *library, device_t device, mw_nvml_device *out) {
    int (*memory)(device_t, unsigned int *, unsigned int *) =
        (int (*)(device_t, unsigned int *, unsigned int *))dlsym(library, "nvmlDeviceGetSupportedMemoryClocks");
    int (*graphics)(device_t, unsigned int, unsigned int *, unsigned int *) =
        (int (*)(device_t, unsigned int, unsigned int *, unsigned int *))dlsym(
            library, "nvmlDeviceGetSupportedGraphicsClocks");
    out->clocks = unasked;
    if (!memory || !graphics) return;
    unsigned int memories[64], count = 64, highest = 0;
    int code = memory(device, &count, memories);
    if (code != 0) {
        out->clocks = known(code, 0);
        return;
    }
    for (unsigned int i = 0; i < count && i < 64; i++) highest = memories[i] > highest ? memories[i] : highest;
    count = MW_NVML_CLOCKS;
    code = graphics(device, highest, &count, out->clock_list);
    out->clocks = known(code, count > MW_NVML_CLOCKS ? MW_NVML_CLOCKS : count);
}

void mw_nvml_read_system(void *library, mw_nvml_system *system) {
    memset(system, 0, sizeof *system);
    int (*driver)(char *, unsigned int) = (int (*)(char *, unsigned int))dlsym(library, "nvmlSystemGetDriverVersion");
    if (!driver || driver(system->driver, sizeof system->driver) != 0) system->driver[0] = 0;
    system->driver[sizeof system->driver - 1] = 0;
    int (*cuda)(int *) = (int (*)(int *))dlsym(library, "nvmlSystemGetCudaDriverVersion_v2");
    int version = 0;
    int code = cuda ? cuda(&version) : FUNCTION_NOT_FOUND;
    system->cuda = known(code, version);
    int (*devices)(unsigned int *) = (int (*)(unsigned int *))dlsym(library, "nvmlDeviceGetCount_v2");
    unsigned int count = 0;
    code = devices ? devices(&count) : FUNCTION_NOT_FOUND;
    system->devices = known(code, count);
}

int mw_nvml_read_device(void *library, uint32_t index, mw_nvml_device *out) {
    memset(out, 0, sizeof *out);
    int (*handle)(unsigned int, device_t *) =
        (int (*)(unsigned int, device_t *))dlsym(library, "nvmlDeviceGetHandleByIndex_v2");
    if (!handle) return FUNCTION_NOT_FOUND;
    device_t device = NULL;
    int code = handle(index, &device);
    if (code != 0) return code;

    int (*pci)(device_t, pci_info *) = (int (*)(device_t, pci_info *))dlsym(library, "nvmlDeviceGetPciInfo_v3");
    pci_info place;
    memset(&place, 0, sizeof place);
    code = pci ? pci(device, &place) : FUNCTION_NOT_FOUND;
    if (code == 0) memcpy(out->bus, place.bus_id, sizeof place.bus_id);

    ask_text(library, "nvmlDeviceGetName", device, out->name, 96);
    ask_text(library, "nvmlDeviceGetUUID", device, out->uuid, 96);
    ask_text(library, "nvmlDeviceGetSerial", device, out->serial, 30);
    ask_text(library, "nvmlDeviceGetVbiosVersion", device, out->firmware, 32);
    ask_text(library, "nvmlDeviceGetBoardPartNumber", device, out->board, 32);
    ask_text(library, "nvmlDeviceGetInforomImageVersion", device, out->inforom, 16);
    ask_system_firmware(library, device, out->system_firmware, sizeof out->system_firmware);

    int (*memory)(device_t, memory_info *) =
        (int (*)(device_t, memory_info *))dlsym(library, "nvmlDeviceGetMemoryInfo_v2");
    memory_info bytes = {.version = VERSIONED(memory_info, 2)};
    code = memory ? memory(device, &bytes) : FUNCTION_NOT_FOUND;
    out->memory = known(code, (int64_t)bytes.total);
    out->memory_used = known(code, (int64_t)bytes.used);

    out->maximum_link_generation = ask_number(library, "nvmlDeviceGetMaxPcieLinkGeneration", device);
    out->own_link_generation = ask_number(library, "nvmlDeviceGetGpuMaxPcieLinkGeneration", device);
    out->replays = ask_number(library, "nvmlDeviceGetPcieReplayCounter", device);
    ask_pair(library, "nvmlDeviceGetEccMode", device, &out->ecc, &out->ecc_pending);
    out->uncorrected_volatile = ask_errors(library, device, 1, 0);
    out->uncorrected_aggregate = ask_errors(library, device, 1, 1);
    out->corrected_volatile = ask_errors(library, device, 0, 0);
    out->retired_single = ask_retired(library, device, 0);
    out->retired_double = ask_retired(library, device, 1);
    out->retirement_pending = ask_number(library, "nvmlDeviceGetRetiredPagesPendingStatus", device);
    ask_remapping(library, device, out);
    mw_nvml_number after;
    ask_pair(library, "nvmlDeviceGetMigMode", device, &out->mig, &after);
    out->persistence = ask_number(library, "nvmlDeviceGetPersistenceMode", device);
    out->power_limit = ask_number(library, "nvmlDeviceGetPowerManagementLimit", device);
    out->enforced_power_limit = ask_number(library, "nvmlDeviceGetEnforcedPowerLimit", device);
    out->default_power_limit = ask_number(library, "nvmlDeviceGetPowerManagementDefaultLimit", device);
    out->power_use = ask_number(library, "nvmlDeviceGetPowerUsage", device);
    out->temperature = ask_of(library, "nvmlDeviceGetTemperature", device, 0);
    out->memory_temperature = ask_field(library, device, FIELD_MEMORY_TEMPERATURE);
    out->utilisation = ask_utilisation(library, device);
    int (*margin)(device_t, margin_info *) =
        (int (*)(device_t, margin_info *))dlsym(library, "nvmlDeviceGetMarginTemperature");
    margin_info left = {.version = VERSIONED(margin_info, 1)};
    code = margin ? margin(device, &left) : FUNCTION_NOT_FOUND;
    out->margin = known(code, left.margin);
    out->clock = ask_of(library, "nvmlDeviceGetClockInfo", device, 0);
    out->maximum_clock = ask_of(library, "nvmlDeviceGetMaxClockInfo", device, 0);
    out->maximum_memory_clock = ask_of(library, "nvmlDeviceGetMaxClockInfo", device, 2);
    out->reasons = ask_reasons(library, device);
    ask_links(library, device, out);
    out->link_rate = ask_field(library, device, FIELD_LINK_RATE);
    ask_fabric(library, device, out);
    ask_clocks(library, device, out);
    return 0;
}
