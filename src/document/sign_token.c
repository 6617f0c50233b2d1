/* Keys that never leave a card or a module (PKCS#11). OpenSSL 3.0 reaches them by an engine of its own package. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/engine.h>
#include <stdlib.h>

#include "document/sign_crypto.h"

enum { URI_MAX = 1024, PATH_BYTES_MAX = 4096, PIN_MAX = 255 };

/* The engine's own struct for LOAD_CERT_CTRL (libp11, eng_back.c). */
struct token_certificate {
    const char *uri;
    X509 *certificate;
};

static bool say(ENGINE *engine, const char *command, const char *value)
{
    return ENGINE_ctrl_cmd_string(engine, command, value, 0) == 1;
}

/* Loaded into this process, as is the module it drives. A module that is not there is seen when it is asked. */
static enum status engine_open(const char *module, const char *pin, ENGINE **ret_engine)
{
    ENGINE_load_dynamic();
    ENGINE *engine = ENGINE_by_id("pkcs11");
    if (engine == NULL)
        return NOT_FOUND;
    bool is_ready = (module == NULL || say(engine, "MODULE_PATH", module)) && say(engine, "PIN", pin) &&
                    ENGINE_init(engine) == 1;
    if (!is_ready) {
        ENGINE_free(engine);
        return NOT_FOUND;
    }
    *ret_engine = engine;
    return OK;
}

static enum status read_key(ENGINE *engine, const char *uri, struct sign_key *key)
{
    struct token_certificate asked = {.uri = uri};
    if (ENGINE_ctrl_cmd(engine, "LOAD_CERT_CTRL", 0, &asked, NULL, 0) != 1 || asked.certificate == NULL)
        return INVALID;
    key->certificate = asked.certificate;
    key->secret = ENGINE_load_private_key(engine, uri, NULL, NULL);
    if (key->secret == NULL)
        return DENIED;
    return sign_key_is_whole(key) ? OK : INVALID;
}

static bool take(struct str text, size_t most, char *into)
{
    if (text.len == 0 || text.len > most || memchr(text.at, 0, text.len) != NULL)
        return false;
    memcpy(into, text.at, text.len);
    into[text.len] = 0;
    return true;
}

enum status sign_key_on_token(struct str uri, struct str pin, struct str module, struct sign_key **ret_key)
{
    char uri_text[URI_MAX + 1], path[PATH_BYTES_MAX + 1], secret[PIN_MAX + 1] = "";
    ENGINE *engine = NULL;
    bool has_module = !str_is_absent(module);
    if (!take(uri, URI_MAX, uri_text) || !str_starts(uri, STR("pkcs11:")) ||
        (has_module && !take(module, PATH_BYTES_MAX, path)) || !take(pin, PIN_MAX, secret))
        return INVALID;
    struct sign_key *key = calloc(1, sizeof *key);
    REQUIRE(key != NULL);
    enum status done = engine_open(has_module ? path : NULL, secret, &engine);
    if (done == OK)
        done = read_key(engine, uri_text, key);
    OPENSSL_cleanse(secret, sizeof secret);
    key->engine = engine;
    if (done != OK)
        sign_key_destroy(&key);
    else
        *ret_key = key;
    return done;
}

void sign_engine_free(void *engine)
{
    if (engine == NULL)
        return;
    ENGINE_finish(engine);
    ENGINE_free(engine);
}
