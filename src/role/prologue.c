#include "role/prologue.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/member.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "os/pool.h"
#include "os/process.h"
#include "os/sandbox.h"
#include "role/convert_role.h"
#include "role/front.h"

enum { PATHS_MAX = 8, PATHS_ARENA = 64 << 10, DESCRIPTORS = 1024, AUTH_DESCRIPTORS = 8192, MODEL_DESCRIPTORS = 8192,
       PROVIDER_DESCRIPTORS = 8192,
       FRONT_DESCRIPTORS = 65536, CONVERT_DESCRIPTORS = 16, LLAMA_DESCRIPTORS = 16 };

/* Of this process alone: written once, before anything else runs in it. */
static const char *role_name = "";
static char member_name[MEMBER_NAME_MAX + 1];
static int memory_file = -1;

/* What each role keeps. `own`: its member's folder. Auth's databases lie in each member's folder, and new members come
 * while it runs, so it keeps DIR/members; zones are the times it and towns show. */
static const struct keeps {
    const char *name;
    bool has_members, has_own, has_zones, has_network, has_threads;
    bool only_idle; /* runs only where nobody else wants to */
    bool gives_way; /* runs after others, yet somebody waits for it */
    int descriptors_max;
    int64_t memory_max, cpu_seconds_max;
} table[] = {
    [ROLE_FRONT] = {.name = "front", .has_network = true, .descriptors_max = FRONT_DESCRIPTORS},
    [ROLE_AUTH] = {.name = "auth", .has_members = true, .has_zones = true, .descriptors_max = AUTH_DESCRIPTORS},
    [ROLE_TOWN] = {.name = "town", .has_own = true, .has_zones = true, .descriptors_max = DESCRIPTORS},
    [ROLE_READER] = {.name = "reader", .has_own = true, .has_zones = true, .descriptors_max = DESCRIPTORS},
    [ROLE_HASHER] = {.name = "hasher", .descriptors_max = DESCRIPTORS},
    [ROLE_PROVIDER] = {.name = "provider", .descriptors_max = PROVIDER_DESCRIPTORS},
    [ROLE_MODEL] = {.name = "model", .has_threads = true, .only_idle = true, .descriptors_max = MODEL_DESCRIPTORS},
    [ROLE_LLAMA] = {.name = "llama", .has_threads = true, .gives_way = true, .descriptors_max = LLAMA_DESCRIPTORS},
    [ROLE_CONVERT] = {.name = "convert", .gives_way = true, .descriptors_max = CONVERT_DESCRIPTORS,
                      .memory_max = CONVERT_MEMORY, .cpu_seconds_max = CONVERT_CPU_SECONDS},
};

/* A call no role was meant to make: it has failed, and whoever operates the house should know. The call was not made
 * by the allocator, whose own are listed, so that a line may be written here. */
static void on_refused(int number, siginfo_t *info, void *context)
{
    (void)number;
    char *name = sandbox_call_name(sandbox_refused_call(info, context));
    LOG(LOG_ERROR_LEVEL, role_name, "call_refused", LOG_TEXT("member", str_of(member_name)),
        LOG_TEXT("call", str_of(name != NULL ? name : "?")));
    free(name);
}

static enum status enter(const struct prologue *prologue, const struct keeps *keeps, struct arena *arena)
{
    struct sandbox_path paths[PATHS_MAX];
    size_t count = 0;
    struct str members = str_format(arena, "%s/members", prologue->folder);
    struct str own = str_format(arena, "%s/members/%.*s", prologue->folder, STR_ARG(prologue->member));
    if (str_is_absent(members) || str_is_absent(own))
        return LIMIT;
    if (keeps->has_members)
        paths[count++] = (struct sandbox_path){members.at, true};
    if (keeps->has_own)
        paths[count++] = (struct sandbox_path){own.at, true};
    if (keeps->has_zones) {
        paths[count++] = (struct sandbox_path){"/usr/share/zoneinfo", false};
        paths[count++] = (struct sandbox_path){"/etc/localtime", false};
    }
    if (!keeps->has_zones)
        TRY(clock_zone_utc());
    if (keeps->only_idle)
        pool_only_idle();
    if (keeps->gives_way)
        pool_give_way();
    TRY(sandbox_hear(on_refused));
    memory_file = process_memory_open();
    return sandbox_enter(&(struct sandbox){.paths = paths,
                                           .path_count = count,
                                           .has_files = keeps->has_members || keeps->has_own,
                                           .has_network = keeps->has_network,
                                           .has_threads = keeps->has_threads,
                                           .ports = prologue->ports,
                                           .port_count = prologue->port_count,
                                           .descriptors_max = keeps->descriptors_max,
                                           .memory_max = prologue->memory_max > 0 ? prologue->memory_max
                                                                                 : keeps->memory_max,
                                           .cpu_seconds_max = keeps->cpu_seconds_max,
                                           .owner = prologue->owner});
}

enum status prologue_enter(const struct prologue *prologue)
{
    struct arena *arena ARENA_SCOPE = arena_create(PATHS_ARENA);
    const struct keeps *keeps = &table[prologue->role];
    role_name = keeps->name;
    snprintf(member_name, sizeof member_name, "%.*s", STR_ARG(prologue->member));
    enum status done = enter(prologue, keeps, arena);
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, role_name, "not_confined", LOG_TEXT("member", prologue->member),
            LOG_TEXT("status", str_of(status_name(done))));
    return done;
}

int64_t prologue_memory(void)
{
    return process_memory(memory_file);
}

enum status prologue_owner(struct str setting, struct owner *ret_owner)
{
    if (str_eq(setting, STR("-")) || !owner_is_root())
        return NOT_FOUND;
    enum status done = owner_find(setting, ret_owner);
    return done == NOT_FOUND ? INVALID : done;
}

enum status prologue_member(const char *folder, struct str name, const struct owner *owner)
{
    struct arena *arena ARENA_SCOPE = arena_create(PATHS_ARENA);
    struct str members = str_format(arena, "%s/members", folder);
    struct str own = str_format(arena, "%s/members/%.*s", folder, STR_ARG(name));
    if (str_is_absent(own))
        return LIMIT;
    TRY(file_folder(own.at));
    if (owner == NULL)
        return OK;
    TRY(owner_let_through(folder, owner));
    TRY(owner_let_through(members.at, owner));
    return owner_give(own.at, owner);
}
