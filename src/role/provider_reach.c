#include "role/provider_reach.h"

#include <unistd.h>

#include "os/fetch.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"

#define SYSTEM_AUTHORITIES STR("/etc/ssl/certs/ca-certificates.crt")

enum { REACH_ARENA = 64 << 20, KEY_MAX = 1000, AUTHORITIES_MAX = 2 << 20 };

bool provider_reach_is_wanted(const char *folder)
{
    struct arena *arena ARENA_SCOPE = arena_create(FILE_PATH_MAX * 2);
    struct str path = str_format(arena, "%s/providers.conf", folder);
    return !str_is_absent(path) && access(path.at, F_OK) == 0;
}

static struct str path_in(struct arena *arena, const char *folder, struct str path)
{
    if (str_starts(path, STR("/")))
        return str_format(arena, "%.*s", STR_ARG(path));
    return str_format(arena, "%s/%.*s", folder, STR_ARG(path));
}

static enum status read_text(struct arena *arena, struct str path, size_t max, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(max);
    if (str_is_absent(path))
        return LIMIT;
    TRY(file_read_all(path.at, &text));
    *ret_text = str_copy(arena, str_trim(buf_str(&text)));
    if (text.at != NULL)
        explicit_bzero(text.at, text.room);
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

/* A key is one word of one line: what is more could add a header. DENIED: others may read the file. */
static enum status read_key(struct arena *arena, struct str path, struct str *ret_key)
{
    if (str_is_absent(path))
        return LIMIT;
    if (!file_is_private(path.at))
        return DENIED;
    TRY(read_text(arena, path, KEY_MAX, ret_key));
    for (size_t i = 0; i < ret_key->len; i++)
        if (ret_key->at[i] <= ' ' || ret_key->at[i] == 0x7F)
            return INVALID;
    return ret_key->len > 0 ? OK : INVALID;
}

static bool is_inside(const struct providers *declared, const struct reached *reached)
{
    for (size_t i = 0; i < reached->address_count; i++)
        if (!network_has(declared->networks, declared->network_count, reached->addresses[i]))
            return false;
    return reached->address_count > 0;
}

/* DENIED: it is outside, and what is sent there would go in clear; or its key is not kept. */
static enum status reach_one(struct provider_reach *reach, const char *folder, struct provider *provider)
{
    struct arena *arena = reach->arena;
    struct reached *reached = &reach->at[reach->count];
    struct str authorities = provider->ca_file.len > 0 ? provider->ca_file : SYSTEM_AUTHORITIES;
    *reached = (struct reached){.provider = provider, .key = STR(""), .authorities = STR("")};
    reached->url = str_format(arena, "%.*s%schat/completions", STR_ARG(provider->card.address),
                              str_ends(provider->card.address, STR("/")) ? "" : "/");
    TRY(network_resolve(arena, provider->host, FETCH_ADDRESSES_MAX, &reached->addresses, &reached->address_count));
    reached->is_name = !str_eq(reached->addresses[0], provider->host);
    provider->card.is_outside = !is_inside(reach->declared, reached);
    if (provider->card.is_outside && !provider->is_tls)
        return DENIED;
    if (provider->is_tls)
        TRY(read_text(arena, path_in(arena, folder, authorities), AUTHORITIES_MAX, &reached->authorities));
    if (provider->key_file.len == 0)
        return OK;
    return read_key(arena, path_in(arena, folder, provider->key_file), &reached->key);
}

static void log_one(const struct provider *provider, enum status done, struct str why)
{
    struct str where = provider_is_local(provider) ? provider->model_file : provider->host;
    LOG(done == OK ? LOG_INFO_LEVEL : LOG_ERROR_LEVEL, "provider", done == OK ? "declared" : "not_served",
        LOG_TEXT("name", provider->card.name), LOG_TEXT(provider_is_local(provider) ? "file" : "host", where),
        LOG_NUMBER("outside", provider->card.is_outside), LOG_TEXT("status", str_of(status_name(done))),
        LOG_TEXT("why", why));
}

void provider_reach_find_hosts(struct provider_reach *reach, const char *folder)
{
    for (size_t i = 0; i < reach->declared->count; i++) {
        struct provider *provider = &reach->declared->at[i];
        if (provider_is_local(provider))
            continue;
        enum status done = reach_one(reach, folder, provider);
        reach->has_unmet |= done != OK && reach->at[reach->count].address_count == 0;
        if (done == OK)
            reach->ports[reach->port_count++] = (uint16_t)provider->port;
        reach->count += done == OK;
        log_one(provider, done, STR(""));
    }
}

static void begin_local(const struct prologue *house, struct provider_reach *reach)
{
    int64_t memory = process_machine_memory() / 100 * reach->declared->memory_percent;
    for (size_t i = 0; i < reach->declared->count; i++) {
        struct provider *provider = &reach->declared->at[i];
        struct reached *reached = &reach->at[reach->count];
        const char *why = "";
        if (!provider_is_local(provider))
            continue;
        *reached = (struct reached){.provider = provider};
        enum status done = provider_local_begin(house, provider, reach->arena, &memory, &reached->local, &why);
        reach->count += done == OK;
        log_one(provider, done, done == OK ? STR("") : str_of(why));
    }
}

void provider_reach_open(const struct prologue *house, struct provider_reach *ret_reach)
{
    struct provider_reach *reach = ret_reach;
    struct str text = STR("");
    int line = 0;
    *reach = (struct provider_reach){.arena = arena_create(REACH_ARENA)};
    reach->declared = arena_new(reach->arena, struct providers);
    REQUIRE(reach->declared != NULL);
    enum status done =
        read_text(reach->arena, path_in(reach->arena, house->folder, STR("providers.conf")), PROVIDER_FILE_MAX, &text);
    if (done == OK)
        done = providers_parse(text, reach->declared, &line);
    if (done == OK) {
        begin_local(house, reach);
        return;
    }
    reach->declared->count = 0;
    LOG(LOG_ERROR_LEVEL, "provider", "none_served", LOG_TEXT("file", STR("providers.conf")), LOG_NUMBER("line", line),
        LOG_TEXT("status", str_of(status_name(done))));
}

enum status provider_reach_hear(struct provider_reach *reach, struct loop *loop)
{
    for (size_t i = 0; i < reach->count; i++)
        if (reach->at[i].local != NULL)
            TRY(provider_local_hear(reach->at[i].local, loop));
    return OK;
}

void provider_reach_close(struct provider_reach *reach)
{
    for (size_t i = 0; i < reach->count; i++)
        provider_local_end(reach->at[i].local);
    arena_destroy(&reach->arena);
}

const struct reached *provider_reach_find(const struct provider_reach *reach, const struct provider_ask *ask)
{
    for (size_t i = 0; i < reach->count; i++) {
        const struct provider_card *card = &reach->at[i].provider->card;
        if (str_eq(card->name, ask->name) && str_eq(card->address, ask->address) && str_eq(card->model, ask->model) &&
            card->is_outside == ask->is_outside)
            return &reach->at[i];
    }
    return NULL;
}
