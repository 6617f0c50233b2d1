#include "role/about.h"

#include "core/service.h"
#include "core/shape.h"

#define ABOUT_TEXT(field) SHAPE_FIELD(about, field, SHAPE_TEXT, ABOUT_MAX)
static const struct shape_field fields[] = {
    ABOUT_TEXT(format), ABOUT_TEXT(name),     ABOUT_TEXT(title), ABOUT_TEXT(kind),  ABOUT_TEXT(insee),
    ABOUT_TEXT(siret),  ABOUT_TEXT(zone),     ABOUT_TEXT(language), ABOUT_TEXT(desk), ABOUT_TEXT(phone),
    ABOUT_TEXT(hours),  ABOUT_TEXT(domains),  ABOUT_TEXT(hosts), ABOUT_TEXT(services),
};
static const struct shape shape = SHAPE_OF(about, fields);

static struct str joined(struct arena *arena, const struct str *words, size_t count)
{
    struct buf text BUF_SCOPE = BUF_INIT(ABOUT_MAX);
    for (size_t i = 0; i < count; i++)
        buf_add_format(&text, "%s%.*s", i > 0 ? " " : "", STR_ARG(words[i]));
    return str_copy(arena, buf_str(&text));
}

static struct str services_of(struct arena *arena, const struct place *place)
{
    struct str names[64];
    size_t count = 0;
    for (size_t i = 0; service_all[i] != NULL; i++)
        if (!service_all[i]->is_always_on && service_is_on(service_all, service_all[i], place->services_on))
            names[count++] = str_of(service_all[i]->name);
    return joined(arena, names, count);
}

static enum status fill(struct ctx *ctx, const member_row *row, struct about *ret_about)
{
    struct place place;
    struct str *domains, *hosts;
    size_t domain_count, host_count;
    TRY(member_place(ctx, row, &place));
    TRY(member_domains(ctx, row->id, &domains, &domain_count));
    TRY(member_hosts(ctx, row->id, &hosts, &host_count));
    *ret_about = (struct about){.format = ABOUT_FORMAT, .name = row->name, .title = row->title, .kind = row->kind,
                                .insee = row->insee, .siret = row->siret, .zone = row->zone,
                                .language = row->language, .desk = row->desk, .phone = row->phone,
                                .hours = row->hours, .domains = joined(ctx->arena, domains, domain_count),
                                .hosts = joined(ctx->arena, hosts, host_count),
                                .services = services_of(ctx->arena, &place)};
    return str_is_absent(ret_about->services) ? LIMIT : OK;
}

enum status about_read(struct ctx *ctx, struct str name, int64_t *ret_member, struct about *ret_about)
{
    member_row *rows;
    size_t count;
    TRY(member_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(rows[i].name, name))
            continue;
        *ret_member = rows[i].id;
        return fill(ctx, &rows[i], ret_about);
    }
    return refuse(ctx, NOT_FOUND, "member.unknown", T_member_unknown);
}

void about_write(struct buf *out, const struct about *about)
{
    shape_json(out, &shape, about);
    buf_add_byte(out, '\n');
}

enum status about_parse(struct arena *arena, struct str line, struct about *ret_about)
{
    TRY(shape_from_json(arena, &shape, line, ret_about));
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (str_is_absent(*(const struct str *)((const char *)ret_about + fields[i].offset)))
            return INVALID;
    return str_eq(ret_about->format, ABOUT_FORMAT) ? OK : INVALID;
}

static bool has_word(struct str words, struct str word)
{
    while (words.len > 0)
        if (str_eq(str_cut(&words, ' '), word))
            return true;
    return false;
}

/* One that this program does not have is left out. */
static enum status opt(struct ctx *ctx, const struct about *about, int64_t member)
{
    for (size_t i = 0; service_all[i] != NULL; i++) {
        struct str name = str_of(service_all[i]->name);
        if (!service_all[i]->is_always_on)
            TRY(member_opt(ctx, member, name, has_word(about->services, name)));
    }
    return OK;
}

enum status about_make(struct ctx *ctx, const struct about *about, int64_t *ret_member)
{
    struct str domains = about->domains, hosts = about->hosts;
    TRY(member_add(ctx, about->name, str_cut(&domains, ' '), ret_member));
    struct sql_member_set set = {.id = *ret_member, .title = about->title, .kind = about->kind,
                                 .insee = about->insee, .siret = about->siret, .zone = about->zone,
                                 .language = about->language, .desk = about->desk, .phone = about->phone,
                                 .hours = about->hours};
    TRY(member_set(ctx, &set));
    while (domains.len > 0)
        TRY(member_add_domain(ctx, *ret_member, str_cut(&domains, ' ')));
    while (hosts.len > 0)
        TRY(member_add_host(ctx, *ret_member, str_cut(&hosts, ' ')));
    return opt(ctx, about, *ret_member);
}
