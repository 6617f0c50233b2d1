#include "core/member.h"

#include "base/utf8.h"
#include "core/service.h"
#include "os/clock.h"

static bool is_name(struct str name)
{
    if (name.len == 0 || name.len > MEMBER_NAME_MAX || name.at[0] == '-')
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (!(name.at[i] >= 'a' && name.at[i] <= 'z') && !ascii_is_digit(name.at[i]) && name.at[i] != '-')
            return false;
    return true;
}

/* Letters, digits, '-' and dots with something between them: RFC 1035 section 2.3.1, one dot at least. */
static bool is_domain(struct str domain)
{
    size_t labels = 0;
    if (domain.len == 0 || domain.len > MEMBER_DOMAIN_MAX)
        return false;
    for (struct str rest = domain; !str_is_absent(rest); labels++) {
        struct str label = str_cut(&rest, '.');
        if (!is_name(label))
            return false;
    }
    return labels > 1;
}

static enum status opt_at_first(struct ctx *ctx, int64_t member)
{
    for (size_t i = 0; service_all[i] != NULL; i++)
        if (service_all[i]->is_on_at_first) {
            struct sql_member_opt_in in = {
                .member = member, .service = str_of(service_all[i]->name), .since_ms = ctx->now.ms};
            TRY(sql_member_opt_in(ctx->db, in));
        }
    return OK;
}

/* "beauval" -> "Beauval", until somebody gives a better one. */
static struct str first_title(struct ctx *ctx, struct str name)
{
    char *title = str_c(ctx->arena, name);
    if (title == NULL)
        return name;
    if (title[0] >= 'a' && title[0] <= 'z')
        title[0] = (char)(title[0] - 'a' + 'A');
    return str_of(title);
}

enum status member_add(struct ctx *ctx, struct str name, struct str domain, int64_t *ret_id)
{
    struct sql_member_by_name_row there;
    struct sql_member_domain_count_row domains;
    struct sql_member_add_row row;
    if (!is_name(name))
        return refuse(ctx, INVALID, "member.name", T_member_name);
    domain = str_lower(ctx->arena, domain);
    if (!is_domain(domain))
        return refuse(ctx, INVALID, "member.domain", T_member_domain);
    enum status found = sql_member_by_name(ctx->db, ctx->arena, (struct sql_member_by_name){.name = name}, &there);
    if (found != OK && found != NOT_FOUND)
        return found;
    TRY(sql_member_domain_count(ctx->db, ctx->arena, (struct sql_member_domain_count){.domain = domain}, &domains));
    if (found == OK || domains.number > 0)
        return refuse(ctx, CONFLICT, "member.taken", T_member_taken);
    TRY(sql_member_add(ctx->db, ctx->arena,
                       (struct sql_member_add){.name = name,
                                               .title = first_title(ctx, name),
                                               .kind = STR("commune"),
                                               .insee = STR(""),
                                               .siret = STR(""),
                                               .zone = STR("Europe/Paris"),
                                               .language = STR("fr"),
                                               .created_ms = ctx->now.ms},
                       &row));
    *ret_id = row.id;
    TRY(opt_at_first(ctx, row.id));
    return sql_member_add_domain(ctx->db, (struct sql_member_add_domain){.domain = domain, .member = row.id});
}

enum status member_list(struct ctx *ctx, member_row **ret_members, size_t *ret_count)
{
    return sql_member_list(ctx->db, ctx->arena, ret_members, ret_count);
}

enum status member_domains(struct ctx *ctx, int64_t member, struct str **ret_domains, size_t *ret_count)
{
    struct sql_member_domains_row *rows;
    size_t count;
    TRY(sql_member_domains(ctx->db, ctx->arena, (struct sql_member_domains){.member = member}, &rows, &count));
    struct str *domains = arena_array(ctx->arena, struct str, count + 1);
    if (domains == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        domains[i] = rows[i].domain;
    *ret_domains = domains;
    *ret_count = count;
    return OK;
}

enum status member_by_domain(struct ctx *ctx, struct str domain, int64_t *ret_member, struct str *ret_name)
{
    struct sql_member_by_domain_row row;
    struct sql_member_by_domain in = {.domain = str_lower(ctx->arena, domain)};
    TRY(sql_member_by_domain(ctx->db, ctx->arena, in, &row));
    *ret_member = row.id;
    *ret_name = row.name;
    return OK;
}

static enum status runs_house(struct ctx *ctx, int64_t member, bool *ret_runs)
{
    struct sql_member_house_row row = {0};
    enum status found = sql_member_house(ctx->db, ctx->arena, &row);
    *ret_runs = found == OK && row.id == member;
    return found == NOT_FOUND ? OK : found;
}

enum status member_place(struct ctx *ctx, const member_row *member, struct place *ret_place)
{
    struct sql_member_services_row *rows;
    size_t count, number;
    *ret_place = (struct place){
        .member = member->id, .name = member->name, .title = member->title, .kind = member->kind,
        .language = member->language, .zone = member->zone, .desk = member->desk, .phone = member->phone,
        .hours = member->hours};
    TRY(runs_house(ctx, member->id, &ret_place->runs_house));
    TRY(sql_member_services(ctx->db, ctx->arena, (struct sql_member_services){.member = member->id}, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (service_find(service_all, rows[i].service, &number) != NULL)
            ret_place->services_on |= UINT64_C(1) << number;
    return OK;
}

enum status member_opt(struct ctx *ctx, int64_t member, struct str service, bool is_in)
{
    if (service_find(service_all, service, NULL) == NULL)
        return NOT_FOUND;
    struct sql_member_opt_in in = {.member = member, .service = service, .since_ms = ctx->now.ms};
    struct sql_member_opt_out out = {.member = member, .service = service, .until_ms = ctx->now.ms};
    return is_in ? sql_member_opt_in(ctx->db, in) : sql_member_opt_out(ctx->db, out);
}

enum status member_hosts(struct ctx *ctx, int64_t member, struct str **ret_hosts, size_t *ret_count)
{
    struct sql_member_hosts_row *rows;
    size_t count;
    TRY(sql_member_hosts(ctx->db, ctx->arena, (struct sql_member_hosts){.member = member}, &rows, &count));
    struct str *hosts = arena_array(ctx->arena, struct str, count + 1);
    if (hosts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        hosts[i] = rows[i].host;
    *ret_hosts = hosts;
    *ret_count = count;
    return OK;
}

enum status member_add_host(struct ctx *ctx, int64_t member, struct str host)
{
    struct sql_member_add_host in = {.host = str_lower(ctx->arena, host), .member = member};
    if (!is_domain(in.host))
        return refuse(ctx, INVALID, "member.host", T_member_domain);
    enum status done = sql_member_add_host(ctx->db, in);
    return done == CONFLICT ? refuse(ctx, CONFLICT, "member.taken", T_member_taken) : done;
}

enum status member_add_domain(struct ctx *ctx, int64_t member, struct str domain)
{
    struct str *domains;
    size_t count;
    domain = str_lower(ctx->arena, domain);
    if (!is_domain(domain))
        return refuse(ctx, INVALID, "member.domain", T_member_domain);
    TRY(member_domains(ctx, member, &domains, &count));
    if (count >= MEMBER_DOMAINS_MAX)
        return LIMIT;
    enum status done =
        sql_member_add_domain(ctx->db, (struct sql_member_add_domain){.domain = domain, .member = member});
    return done == CONFLICT ? refuse(ctx, CONFLICT, "member.taken", T_member_taken) : done;
}

static bool is_text(struct str text)
{
    return text.len <= MEMBER_TEXT_MAX && utf8_is_valid(text) && str_find_byte(text, '\n') == SIZE_MAX;
}

static bool is_digits(struct str text, size_t length)
{
    bool is_good = text.len == 0 || text.len == length;
    for (size_t i = 0; i < text.len; i++)
        is_good &= ascii_is_digit(text.at[i]) || (i == 1 && (text.at[i] == 'A' || text.at[i] == 'B'));
    return is_good;
}

static bool is_kind(struct str kind)
{
    static const struct str kinds[] = {STR_INIT("commune"),    STR_INIT("epci"),      STR_INIT("metropolis"),
                                       STR_INIT("department"), STR_INIT("syndicate"), STR_INIT("ccas")};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(kind, kinds[i]))
            return true;
    return false;
}

/* The INSEE code of a commune has five signs, in Corsica 2A or 2B first; a SIRET fourteen digits. */
enum status member_set(struct ctx *ctx, const struct sql_member_set *set)
{
    bool is_language = str_eq(set->language, STR("fr")) || str_eq(set->language, STR("en"));
    char *zone = str_c(ctx->arena, set->zone);
    bool is_good = is_kind(set->kind) && is_language && is_digits(set->insee, 5) && is_digits(set->siret, 14) &&
                   set->title.len > 0 && is_text(set->title) && is_text(set->desk) && is_text(set->phone) &&
                   is_text(set->hours) && zone != NULL && clock_zone_exists(zone);
    return is_good ? sql_member_set(ctx->db, *set) : refuse(ctx, INVALID, "member.set", T_member_set);
}
