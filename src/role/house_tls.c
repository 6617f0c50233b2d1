#include <stdio.h>

#include "os/file.h"
#include "role/house.h"

/* 825 days: what browsers accept at most of a certificate that a person has trusted by hand. */
enum { CERTIFICATE_DAYS = 825, PATHS_ARENA = 1 << 20 };

struct wanted {
    const struct house *house;
    struct arena *arena;
    struct str names[TLS_NAMES_MAX];
    size_t name_count;
    struct instant now;
};

static const char *path_of(const struct wanted *wanted, enum setting setting)
{
    struct str value = wanted->house->config.values[setting];
    if (str_starts(value, STR("/")))
        return str_c(wanted->arena, value);
    return str_format(wanted->arena, "%s/%.*s", wanted->house->folder, STR_ARG(value)).at;
}

static void add_name(struct wanted *wanted, struct str name)
{
    for (size_t i = 0; i < wanted->name_count; i++)
        if (str_eq_nocase(wanted->names[i], name))
            return;
    if (name.len > 0 && wanted->name_count < TLS_NAMES_MAX)
        wanted->names[wanted->name_count++] = name;
}

/* What the operator brought is never touched: only the default places are ours to write to. */
static bool is_ours(const struct wanted *wanted, struct str certificate)
{
    const struct str *values = wanted->house->config.values;
    struct tls_facts facts;
    if (!str_eq(values[SETTING_TLS_CERTIFICATE], str_of(setting_default(SETTING_TLS_CERTIFICATE))) ||
        !str_eq(values[SETTING_TLS_KEY], str_of(setting_default(SETTING_TLS_KEY))))
        return false;
    if (certificate.len == 0)
        return true;
    return tls_look(certificate, wanted->names, wanted->name_count, wanted->now, &facts) == OK &&
           facts.is_self_signed && !facts.is_good;
}

static void wipe(struct buf *key)
{
    if (key->at != NULL)
        explicit_bzero(key->at, key->room);
    buf_finish(key);
}

/* The key first: a certificate without its key is made again, a key without a certificate too. */
static enum status make_files(const struct wanted *wanted)
{
    struct buf certificate BUF_SCOPE = BUF_INIT(TLS_PEM_MAX), key = BUF_INIT(TLS_PEM_MAX);
    enum status done = file_folder(str_format(wanted->arena, "%s/tls", wanted->house->folder).at);
    if (done == OK)
        done = tls_self_signed(wanted->names, wanted->name_count, wanted->now, CERTIFICATE_DAYS, &certificate, &key);
    if (done == OK)
        done = file_replace(path_of(wanted, SETTING_TLS_KEY), buf_str(&key));
    wipe(&key);
    return done == OK ? file_replace(path_of(wanted, SETTING_TLS_CERTIFICATE), buf_str(&certificate)) : done;
}

static enum status complain(enum setting setting, enum status status)
{
    fprintf(stderr, "parvis: %s: %s\n", setting_name(setting), status_name(status));
    return status;
}

static enum status read_certificate(const struct wanted *wanted, struct buf *certificate)
{
    const char *path = path_of(wanted, SETTING_TLS_CERTIFICATE);
    enum status done = file_read_all(path, certificate);
    if ((done == OK || done == NOT_FOUND) && is_ours(wanted, buf_str(certificate))) {
        TRY(make_files(wanted));
        buf_clear(certificate);
        done = file_read_all(path, certificate);
    }
    return done;
}

static enum status load(const struct wanted *wanted, const struct house_pem *pem, struct tls_context **ret_tls)
{
    const char *refusal = "";
    enum status done = read_certificate(wanted, pem->certificate);
    if (done != OK)
        return complain(SETTING_TLS_CERTIFICATE, done);
    done = file_read_all(path_of(wanted, SETTING_TLS_KEY), pem->key);
    if (done != OK)
        return complain(SETTING_TLS_KEY, done);
    done = tls_context_create(buf_str(pem->certificate), buf_str(pem->key), ret_tls, &refusal);
    if (done != OK)
        fprintf(stderr, "parvis: %s, %s: %s\n", setting_name(SETTING_TLS_CERTIFICATE), setting_name(SETTING_TLS_KEY),
                refusal);
    return done;
}

enum status house_tls(const struct house *house, const struct str *names, size_t name_count, struct instant now,
                      const struct house_pem *ret_pem, struct tls_context **ret_tls)
{
    struct arena *arena ARENA_SCOPE = arena_create(PATHS_ARENA);
    struct wanted wanted = {.house = house, .arena = arena, .now = now};
    add_name(&wanted, house->config.values[SETTING_HOSTNAME]);
    add_name(&wanted, STR("localhost"));
    for (size_t i = 0; i < name_count; i++)
        add_name(&wanted, names[i]);
    return load(&wanted, ret_pem, ret_tls);
}
