#include "core/config.h"

static const struct {
    const char *name, *otherwise;
} settings[SETTING_COUNT] = {
    [SETTING_LISTEN_LMTP] = {"listen.lmtp", "127.0.0.1:2424"},
    [SETTING_LISTEN_SMTP] = {"listen.smtp", "127.0.0.1:2525"},
    [SETTING_LISTEN_SUBMISSION] = {"listen.submission", "127.0.0.1:2587"},
    [SETTING_LISTEN_SUBMISSIONS] = {"listen.submissions", "127.0.0.1:2465"},
    [SETTING_LISTEN_IMAP] = {"listen.imap", "127.0.0.1:2143"},
    [SETTING_LISTEN_IMAPS] = {"listen.imaps", "127.0.0.1:2993"},
    [SETTING_LISTEN_WEB] = {"listen.web", "127.0.0.1:8080"},
    [SETTING_LISTEN_HTTPS] = {"listen.https", "off"},
    [SETTING_LISTEN_HTTP] = {"listen.http", "off"},
    [SETTING_LISTEN_METRICS] = {"listen.metrics", "off"},
    [SETTING_USER] = {"user", "-"},
    [SETTING_HOSTNAME] = {"hostname", "localhost"},
    [SETTING_PASSWORD_MEMORY] = {"password.memory_kib", "65536"},
    [SETTING_PASSWORD_PASSES] = {"password.passes", "2"},
    [SETTING_TLS_CERTIFICATE] = {"tls.certificate", "tls/certificate.pem"},
    [SETTING_TLS_KEY] = {"tls.key", "tls/key.pem"},
    [SETTING_ACME_FOLDER] = {"acme.folder", "acme"},
};

const char *setting_name(enum setting setting)
{
    return settings[setting].name;
}

const char *setting_default(enum setting setting)
{
    return settings[setting].otherwise;
}

static enum status set(struct config *config, struct str name, struct str value)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (!str_eq(name, str_of(settings[i].name)))
            continue;
        config->values[i] = value;
        return value.len > 0 && value.len <= CONFIG_VALUE_MAX ? OK : INVALID;
    }
    return INVALID;
}

enum status config_parse(struct str text, struct config *ret_config, int *ret_line)
{
    struct config config;
    for (int i = 0; i < SETTING_COUNT; i++)
        config.values[i] = str_of(settings[i].otherwise);
    for (int line = 1; !str_is_absent(text); line++) {
        struct str rest = str_trim(str_cut(&text, '\n'));
        if (rest.len == 0 || rest.at[0] == '#')
            continue;
        struct str name = str_trim(str_cut(&rest, '='));
        *ret_line = line;
        if (str_is_absent(rest))
            return INVALID;
        TRY(set(&config, name, str_trim(rest)));
    }
    *ret_config = config;
    return OK;
}
