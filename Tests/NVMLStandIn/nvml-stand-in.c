// A stand-in for NVIDIA's management library: it answers from the JSON object that the file named by MILLWRIGHT_NVML_STAND_IN
// holds. Its keys are `ENTRY`, or `NUMBER.ENTRY` for one GPU; its values are numbers and texts without escapes. An entry
// `ENTRY!` is the code that the function gives instead.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { int number; } handle;
static handle handles[64];

/// Finds `"key"` before a colon and copies its value.
static int find(const char *key, char *value, size_t size) {
    const char *path = getenv("MILLWRIGHT_NVML_STAND_IN");
    FILE *file = path ? fopen(path, "r") : NULL;
    if (!file) return 0;
    static char text[1 << 16];
    size_t length = fread(text, 1, sizeof text - 1, file);
    text[length] = 0;
    fclose(file);
    char wanted[256];
    snprintf(wanted, sizeof wanted, "\"%s\"", key);
    for (char *place = strstr(text, wanted); place; place = strstr(place + 1, wanted)) {
        char *rest = place + strlen(wanted);
        rest += strspn(rest, " \t\r\n");
        // The same text may stand as a value.
        if (*rest != ':') continue;
        rest++;
        rest += strspn(rest, " \t\r\n");
        size_t count = *rest == '"' ? strcspn(++rest, "\"") : strcspn(rest, ",} \t\r\n");
        if (count >= size) return 0;
        memcpy(value, rest, count);
        value[count] = 0;
        return 1;
    }
    return 0;
}

/// 0 and a text; or the code that is told instead; 3, not supported, where nothing is said.
static int text_of(handle *device, const char *entry, char *value, size_t size) {
    char key[200], code[32];
    for (int turn = 0; turn < 2; turn++) {
        if (turn == 0 && device) snprintf(key, sizeof key, "%d.%s!", device->number, entry);
        else snprintf(key, sizeof key, "%s!", entry);
        if (find(key, code, sizeof code)) return atoi(code);
        key[strlen(key) - 1] = 0;
        if (find(key, value, size)) return 0;
    }
    return 3;
}

static int number_of(handle *device, const char *entry, long long *value) {
    char text[64];
    int code = text_of(device, entry, text, sizeof text);
    if (code == 0) *value = strtoll(text, NULL, 0);
    return code;
}

int nvmlInit_v2(void) {
    long long code = 0;
    number_of(NULL, "init", &code);
    for (int i = 0; i < 64; i++) handles[i].number = i;
    return (int)code;
}

int nvmlShutdown(void) { return 0; }

int nvmlSystemGetDriverVersion(char *text, unsigned int size) { return text_of(NULL, "driver", text, size); }

int nvmlSystemGetCudaDriverVersion_v2(int *version) {
    long long value = 0;
    int code = number_of(NULL, "cuda", &value);
    *version = (int)value;
    return code;
}

int nvmlDeviceGetCount_v2(unsigned int *count) {
    long long value = 0;
    int code = number_of(NULL, "count", &value);
    *count = (unsigned int)value;
    return code;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned int index, void **device) {
    if (index >= 64) return 2;
    char key[32], code[16];
    snprintf(key, sizeof key, "%u.handle!", index);
    if (find(key, code, sizeof code)) return atoi(code);
    *device = &handles[index];
    return 0;
}

int nvmlDeviceGetPciInfo_v3(void *device, void *info) {
    unsigned char *bytes = info;
    char bus[32];
    long long pci = 0, subsystem = 0;
    int code = text_of(device, "bus", bus, sizeof bus);
    if (code != 0) return code;
    number_of(device, "pci", &pci);
    number_of(device, "subsystem", &subsystem);
    memset(bytes, 0, 68);
    unsigned int words[2] = {(unsigned int)pci, (unsigned int)subsystem};
    memcpy(bytes + 28, words, 8);
    memcpy(bytes + 36, bus, strlen(bus));
    return 0;
}

int nvmlDeviceGetMemoryInfo_v2(void *device, void *info) {
    unsigned int version;
    memcpy(&version, info, 4);
    // The version holds the size of the structure: another one is refused, as by the library itself.
    if (version != 0x02000028) return 25;
    long long total = 0;
    int code = number_of(device, "memory", &total);
    long long used = 0;
    number_of(device, "memoryUsed", &used);
    if (code == 0) {
        memcpy((char *)info + 8, &total, 8);
        memcpy((char *)info + 32, &used, 8);
    }
    return code;
}

int nvmlDeviceGetMarginTemperature(void *device, void *info) {
    unsigned int version;
    memcpy(&version, info, 4);
    if (version != 0x01000008) return 25;
    long long value = 0;
    int code = number_of(device, "margin", &value);
    int margin = (int)value;
    if (code == 0) memcpy((char *)info + 4, &margin, 4);
    return code;
}

int nvmlDeviceGetGpuFabricInfoV(void *device, void *info) {
    unsigned int version;
    memcpy(&version, info, 4);
    if (version != 0x02000024) return 25;
    long long state = 0, status = 0;
    int code = number_of(device, "fabricState", &state);
    if (code != 0) return code;
    number_of(device, "fabricStatus", &status);
    int words = (int)status;
    memcpy((char *)info + 20, &words, 4);
    ((unsigned char *)info)[28] = (unsigned char)state;
    return 0;
}

#define TEXT(function, entry)                                                                                          \
    int function(void *device, char *text, unsigned int size) { return text_of(device, entry, text, size); }
TEXT(nvmlDeviceGetName, "name")
TEXT(nvmlDeviceGetUUID, "uuid")
TEXT(nvmlDeviceGetSerial, "serial")
TEXT(nvmlDeviceGetVbiosVersion, "vbios")
TEXT(nvmlDeviceGetBoardPartNumber, "board")
TEXT(nvmlDeviceGetInforomImageVersion, "inforom")

int nvmlDeviceGetGspFirmwareVersion(void *device, char *text) { return text_of(device, "gsp", text, 64); }

int nvmlDeviceGetUtilizationRates(void *device, unsigned int *rates) {
    long long value = 0;
    int code = number_of(device, "utilisation", &value);
    if (code == 0) rates[0] = (unsigned int)value;
    return code;
}

/// As the library: without room it says how many pages there are, and that the room is too small.
int nvmlDeviceGetRetiredPages_v2(void *device, int cause, unsigned int *count, void *addresses, void *times) {
    long long value = 0;
    (void)times;
    int code = number_of(device, cause == 0 ? "retiredSingle" : "retiredDouble", &value);
    if (code != 0) return code;
    *count = (unsigned int)value;
    return value > 0 && !addresses ? 7 : 0;
}

/// Fields of 40 bytes: number at 0, kind of value at 24, code at 28, value at 32.
int nvmlDeviceGetFieldValues(void *device, int count, void *fields) {
    for (int i = 0; i < count; i++) {
        unsigned char *field = (unsigned char *)fields + 40 * i;
        unsigned int number;
        memcpy(&number, field, 4);
        long long value = 0;
        int code = 3, kind = 1;
        if (number == 82) code = number_of(device, "memoryTemperature", &value);
        if (number == 90) code = number_of(device, "linkRate", &value);
        unsigned int word = (unsigned int)value;
        memcpy(field + 24, &kind, 4);
        memcpy(field + 28, &code, 4);
        memcpy(field + 32, &word, 4);
    }
    return 0;
}

#define NUMBER(function, entry)                                                                                        \
    int function(void *device, unsigned int *value) {                                                                  \
        long long number = 0;                                                                                          \
        int code = number_of(device, entry, &number);                                                                  \
        if (code == 0) *value = (unsigned int)number;                                                                  \
        return code;                                                                                                   \
    }
NUMBER(nvmlDeviceGetCurrPcieLinkGeneration, "generation")
NUMBER(nvmlDeviceGetCurrPcieLinkWidth, "width")
NUMBER(nvmlDeviceGetMaxPcieLinkGeneration, "maximumGeneration")
NUMBER(nvmlDeviceGetGpuMaxPcieLinkGeneration, "ownGeneration")
NUMBER(nvmlDeviceGetPcieReplayCounter, "replays")
NUMBER(nvmlDeviceGetRetiredPagesPendingStatus, "retirementPending")
NUMBER(nvmlDeviceGetPersistenceMode, "persistence")
NUMBER(nvmlDeviceGetPowerManagementLimit, "powerLimit")
NUMBER(nvmlDeviceGetEnforcedPowerLimit, "enforcedPowerLimit")
NUMBER(nvmlDeviceGetPowerManagementDefaultLimit, "defaultPowerLimit")
NUMBER(nvmlDeviceGetPowerUsage, "powerUse")

#define PAIR(function, entry)                                                                                          \
    int function(void *device, unsigned int *now, unsigned int *later) {                                               \
        long long a = 0, b = 0;                                                                                        \
        int code = number_of(device, entry, &a);                                                                       \
        if (code != 0) return code;                                                                                    \
        if (number_of(device, entry "Pending", &b) != 0) b = a;                                                        \
        *now = (unsigned int)a;                                                                                        \
        *later = (unsigned int)b;                                                                                      \
        return 0;                                                                                                      \
    }
PAIR(nvmlDeviceGetEccMode, "ecc")
PAIR(nvmlDeviceGetMigMode, "mig")

int nvmlDeviceGetTotalEccErrors(void *device, int type, int counter, unsigned long long *count) {
    long long value = 0;
    if (type > 1) return 2;
    const char *name = type == 0 ? "corrected" : counter == 0 ? "uncorrected" : "uncorrectedEver";
    int code = number_of(device, name, &value);
    if (code == 0) *count = (unsigned long long)value;
    return code;
}

int nvmlDeviceGetRemappedRows(void *device, unsigned int *correctable, unsigned int *uncorrectable,
                              unsigned int *pending, unsigned int *failure) {
    long long value = 0;
    int code = number_of(device, "remapped", &value);
    if (code != 0) return code;
    *correctable = 0;
    *uncorrectable = (unsigned int)value;
    value = 0;
    number_of(device, "remapPending", &value);
    *pending = (unsigned int)value;
    value = 0;
    number_of(device, "remapFailure", &value);
    *failure = (unsigned int)value;
    return 0;
}

int nvmlDeviceGetTemperature(void *device, int sensor, unsigned int *value) {
    long long number = 0;
    if (sensor != 0) return 2;
    int code = number_of(device, "temperature", &number);
    if (code == 0) *value = (unsigned int)number;
    return code;
}

int nvmlDeviceGetClockInfo(void *device, int kind, unsigned int *value) {
    long long number = 0;
    int code = number_of(device, kind == 0 ? "clock" : "memoryClock", &number);
    if (code == 0) *value = (unsigned int)number;
    return code;
}

int nvmlDeviceGetMaxClockInfo(void *device, int kind, unsigned int *value) {
    long long number = 0;
    int code = number_of(device, kind == 0 ? "maximumClock" : "maximumMemoryClock", &number);
    if (code == 0) *value = (unsigned int)number;
    return code;
}

int nvmlDeviceGetCurrentClocksEventReasons(void *device, unsigned long long *reasons) {
    long long value = 0;
    int code = number_of(device, "reasons", &value);
    if (code == 0) *reasons = (unsigned long long)value;
    return code;
}

int nvmlDeviceGetNvLinkState(void *device, unsigned int link, int *state) {
    long long links = 0, active = 0;
    int code = number_of(device, "links", &links);
    if (code != 0) return code;
    if (link >= links) return 2;
    if (number_of(device, "activeLinks", &active) != 0) active = links;
    *state = link < active;
    return 0;
}

int nvmlDeviceGetSupportedMemoryClocks(void *device, unsigned int *count, unsigned int *clocks) {
    long long value = 0;
    int code = number_of(device, "maximumMemoryClock", &value);
    if (code != 0) return code;
    if (*count < 2) return 7;
    clocks[0] = 1593;
    clocks[1] = (unsigned int)value;
    *count = 2;
    return 0;
}

int nvmlDeviceGetSupportedGraphicsClocks(void *device, unsigned int memory, unsigned int *count, unsigned int *clocks) {
    long long from = 0, to = 0, step = 0, highest = 0;
    number_of(device, "maximumMemoryClock", &highest);
    if (memory != (unsigned int)highest) return 6;
    int code = number_of(device, "clocksFrom", &from);
    if (code != 0) return code;
    number_of(device, "maximumClock", &to);
    number_of(device, "clocksStep", &step);
    unsigned int room = *count, found = 0;
    for (long long clock = to; clock >= from && step > 0; clock -= step) {
        if (found == room) return 7;
        clocks[found++] = (unsigned int)clock;
    }
    *count = found;
    return 0;
}
