#include "core/provider_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool lies_in(struct str part, struct str whole)
{
    return part.len == 0 || (part.at >= whole.at && part.at + part.len <= whole.at + whole.len);
}

/* Settings are slices of the text, each provider is whole, and a port is one. */
static void check_settings(struct str text)
{
    struct providers providers;
    int line;
    if (providers_parse(text, &providers, &line) != OK) {
        REQUIRE(line >= 0);
        return;
    }
    for (size_t i = 0; i < providers.count; i++) {
        const struct provider *provider = &providers.at[i];
        REQUIRE(lies_in(provider->model_file, text) && lies_in(provider->library, text));
        REQUIRE(provider_is_local(provider) == (provider->library.len > 0));
        if (provider_is_local(provider))
            continue;
        REQUIRE(lies_in(provider->card.address, text) && provider->card.address.len > 0);
        REQUIRE(lies_in(provider->host, text) && provider->host.len > 0);
        REQUIRE(provider->port > 0 && provider->port <= UINT16_MAX);
    }
}

/* Whatever is said is told in a form that a town takes. */
static void check_reply(struct arena *arena, struct str body)
{
    struct provider_reply reply;
    struct provider_state told, taken;
    struct buf line BUF_SCOPE = BUF_INIT(PROVIDER_SAID_MAX * 6 + 4096);
    if (provider_reply_read(arena, body, &reply) != OK)
        return;
    REQUIRE(reply.said.len > 0 && reply.said.len <= PROVIDER_SAID_MAX);
    for (size_t i = 0; i < reply.token_count; i++)
        REQUIRE(reply.tokens[i].log_probability <= 0);
    provider_reply_state(&reply, &told);
    REQUIRE(told.surprise >= 0);
    shape_json(&line, &provider_state_shape, &told);
    REQUIRE(shape_from_json(arena, &provider_state_shape, buf_str(&line), &taken) == OK);
    REQUIRE(str_eq(taken.said, told.said));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
    struct str text = {(const char *)data, size < PROVIDER_REPLY_MAX ? size : PROVIDER_REPLY_MAX};
    check_settings(text);
    check_reply(arena, text);
    return 0;
}
