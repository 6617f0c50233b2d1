#include "core/provider.h"

#define CARD(field, kind, max) SHAPE_FIELD(provider_card, field, kind, max)
static const struct shape_field card_fields[] = {
    CARD(name, SHAPE_TEXT, PROVIDER_NAME_MAX),      CARD(address, SHAPE_TEXT, PROVIDER_VALUE_MAX),
    CARD(model, SHAPE_TEXT, PROVIDER_VALUE_MAX),    CARD(maker, SHAPE_TEXT, PROVIDER_VALUE_MAX),
    CARD(licence, SHAPE_TEXT, PROVIDER_VALUE_MAX),  CARD(training, SHAPE_TEXT, PROVIDER_VALUE_MAX),
    CARD(place, SHAPE_TEXT, PROVIDER_VALUE_MAX),    CARD(energy, SHAPE_TEXT, PROVIDER_VALUE_MAX),
    CARD(is_outside, SHAPE_BOOL, 0)};
const struct shape provider_card_shape = SHAPE_OF(provider_card, card_fields);

#define ASK(field, kind, max) SHAPE_FIELD(provider_ask, field, kind, max)
static const struct shape_field ask_fields[] = {
    ASK(name, SHAPE_TEXT, PROVIDER_NAME_MAX), ASK(address, SHAPE_TEXT, PROVIDER_VALUE_MAX),
    ASK(model, SHAPE_TEXT, PROVIDER_VALUE_MAX), ASK(is_outside, SHAPE_BOOL, 0),
    ASK(text, SHAPE_TEXT, PROVIDER_TEXT_MAX)};
const struct shape provider_ask_shape = SHAPE_OF(provider_ask, ask_fields);

#define STATE(field, kind, max) SHAPE_FIELD(provider_state, field, kind, max)
static const struct shape_field state_fields[] = {
    STATE(stage, SHAPE_INT, 0), STATE(failure, SHAPE_INT, 0),  STATE(place, SHAPE_INT, 0),
    STATE(said, SHAPE_TEXT, PROVIDER_SAID_MAX), STATE(is_cut, SHAPE_BOOL, 0), STATE(tokens, SHAPE_INT, 0),
    STATE(surprise, SHAPE_INT, 0), STATE(energy_uwh, SHAPE_INT, 0)};
const struct shape provider_state_shape = SHAPE_OF(provider_state, state_fields);

/* ---- addresses ---- */

static bool has_only(struct str text, const char *others)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_alpha(text.at[i]) && !ascii_is_digit(text.at[i]) && strchr(others, text.at[i]) == NULL)
            return false;
    return memchr(text.at, 0, text.len) == NULL;
}

static enum status read_port(struct provider *provider, struct str text)
{
    uint64_t port = provider->is_tls ? 443 : 80;
    if (!str_is_absent(text))
        TRY(str_to_u64(text, UINT16_MAX, &port));
    provider->port = (int64_t)port;
    return port > 0 ? OK : INVALID;
}

/* "https://host:port/path": no user, no query, nothing that is decoded. */
static enum status read_address(struct provider *provider, struct str address)
{
    struct str rest = address;
    provider->card.address = address;
    provider->is_tls = str_starts(rest, STR("https://"));
    if (!provider->is_tls && !str_starts(rest, STR("http://")))
        return INVALID;
    rest = str_after(rest, provider->is_tls ? 8 : 7);
    struct str place = str_cut(&rest, '/');
    if (!str_is_absent(rest) && !has_only(rest, "/-._~"))
        return INVALID;
    bool is_v6 = str_starts(place, STR("["));
    if (is_v6) {
        place = str_after(place, 1);
        provider->host = str_cut(&place, ']');
        if (str_is_absent(place) || (place.len > 0 && place.at[0] != ':'))
            return INVALID;
        place = place.len > 0 ? str_after(place, 1) : STR_NONE;
    } else {
        provider->host = str_cut(&place, ':');
    }
    if (provider->host.len == 0 || !has_only(provider->host, is_v6 ? ":." : "-."))
        return INVALID;
    return read_port(provider, place);
}

/* ---- local ones ---- */

bool provider_is_local(const struct provider *provider)
{
    return provider->model_file.len > 0;
}

/* "x.gguf" of "models/x.gguf". */
static struct str name_of(struct str path)
{
    size_t slash = str_find_byte_last(path, '/');
    return slash == SIZE_MAX ? path : str_after(path, slash + 1);
}

enum status provider_file_address(struct buf *out, struct str path, const unsigned char sha256[32])
{
    buf_add_format(out, "file:%.*s sha256:", STR_ARG(name_of(path)));
    for (size_t i = 0; i < 32; i++)
        buf_add_format(out, "%02x", sha256[i]);
    return out->len <= PROVIDER_VALUE_MAX ? buf_status(out) : LIMIT;
}

/* ---- settings ---- */

static enum status read_yes(struct str value, bool *ret_is)
{
    *ret_is = str_eq(value, STR("yes"));
    return *ret_is || str_eq(value, STR("no")) ? OK : INVALID;
}

static enum status set(struct provider *provider, struct str name, struct str value)
{
    const struct {
        struct str name;
        struct str *into;
    } texts[] = {{STR("model"), &provider->card.model},       {STR("maker"), &provider->card.maker},
                 {STR("licence"), &provider->card.licence},   {STR("training"), &provider->card.training},
                 {STR("place"), &provider->card.place},       {STR("energy"), &provider->card.energy},
                 {STR("key_file"), &provider->key_file},      {STR("ca_file"), &provider->ca_file},
                 {STR("model_file"), &provider->model_file},  {STR("library"), &provider->library}};
    if (value.len == 0 || value.len > PROVIDER_VALUE_MAX)
        return INVALID;
    if (str_eq(name, STR("address")))
        return read_address(provider, value);
    if (str_eq(name, STR("probabilities")))
        return read_yes(value, &provider->tells_probabilities);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!str_eq(name, texts[i].name))
            continue;
        *texts[i].into = value;
        return OK;
    }
    return INVALID;
}

static enum status read_networks(struct providers *providers, struct str value)
{
    while (!str_is_absent(value)) {
        struct str word = str_cut(&value, ' ');
        if (word.len == 0)
            continue;
        if (providers->network_count == PROVIDER_NETWORKS_MAX)
            return INVALID;
        TRY(network_parse(word, &providers->networks[providers->network_count]));
        providers->network_count++;
    }
    return OK;
}

static enum status begin(struct providers *providers, struct str name)
{
    struct str empty = STR("");
    if (name.len == 0 || name.len > PROVIDER_NAME_MAX || !has_only(name, "-") || providers->count == PROVIDERS_MAX)
        return INVALID;
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] != ascii_lower(name.at[i]))
            return INVALID;
    for (size_t i = 0; i < providers->count; i++)
        if (str_eq(providers->at[i].card.name, name))
            return INVALID;
    providers->at[providers->count++] = (struct provider){
        .card = {name, empty, empty, empty, empty, empty, empty, empty, false}, .host = empty, .key_file = empty,
        .ca_file = empty, .model_file = empty, .library = empty};
    return OK;
}

/* What a provider must have before the next begins: where it is, and what to ask it for. A local one has nothing that
 * an address has, and is asked for its file where it has no other name. */
static bool is_whole(struct providers *providers)
{
    struct provider *last = providers->count > 0 ? &providers->at[providers->count - 1] : NULL;
    if (last == NULL)
        return true;
    if (!provider_is_local(last))
        return last->card.address.len > 0 && last->card.model.len > 0 && last->library.len == 0;
    if (last->card.model.len == 0)
        last->card.model = name_of(last->model_file);
    return last->library.len > 0 && last->card.model.len > 0 && last->card.address.len == 0 &&
           last->key_file.len == 0 && last->ca_file.len == 0 && !last->tells_probabilities;
}

static enum status read_memory(struct providers *providers, struct str value)
{
    uint64_t percent;
    TRY(str_to_u64(value, 100, &percent));
    providers->memory_percent = (int64_t)percent;
    return percent > 0 ? OK : INVALID;
}

static enum status set_for_all(struct providers *providers, struct str name, struct str value)
{
    if (str_eq(name, STR("memory")))
        return read_memory(providers, value);
    return str_eq(name, STR("networks")) ? read_networks(providers, value) : INVALID;
}

static enum status read_line(struct providers *providers, struct str line)
{
    if (line.at[0] == '[') {
        if (!is_whole(providers) || !str_ends(line, STR("]")))
            return INVALID;
        return begin(providers, str_slice(line, 1, line.len - 1));
    }
    struct str name = str_trim(str_cut(&line, '='));
    if (str_is_absent(line))
        return INVALID;
    if (providers->count == 0)
        return set_for_all(providers, name, str_trim(line));
    return set(&providers->at[providers->count - 1], name, str_trim(line));
}

enum status providers_parse(struct str text, struct providers *ret_providers, int *ret_line)
{
    *ret_providers = (struct providers){.memory_percent = PROVIDER_MEMORY_PERCENT};
    TRY(read_networks(ret_providers, STR("127.0.0.0/8 ::1")));
    *ret_line = 0;
    while (!str_is_absent(text)) {
        struct str line = str_trim(str_cut(&text, '\n'));
        ++*ret_line;
        if (line.len > 0 && line.at[0] != '#')
            TRY(read_line(ret_providers, line));
    }
    return is_whole(ret_providers) ? OK : INVALID;
}
