#include "core/member_verb.h"

#include "core/member_act.h"
#include "core/service.h"

enum status member_of_address(struct ctx *ctx, struct str address, int64_t *ret_member)
{
    struct str name;
    size_t at = str_find_byte_last(address, '@');
    enum status found = member_by_domain(ctx, at == SIZE_MAX ? STR("") : str_after(address, at + 1), ret_member, &name);
    return found == NOT_FOUND ? refuse(ctx, NOT_FOUND, "member.no_domain", T_member_no_domain) : found;
}

enum status member_verb_of_address(struct ctx *ctx, struct verb_call *call)
{
    return member_of_address(ctx, verb_argument(call, 0), &call->member);
}

/* The whole row of the member that the first argument names. */
static enum status named(struct ctx *ctx, const struct verb_call *call, member_row *ret_row)
{
    member_row *rows;
    size_t count;
    TRY(member_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(rows[i].name, verb_argument(call, 0)))
            continue;
        *ret_row = rows[i];
        return OK;
    }
    return refuse(ctx, NOT_FOUND, "member.unknown", T_member_unknown);
}

enum status member_verb_of_name(struct ctx *ctx, struct verb_call *call)
{
    member_row row;
    TRY(named(ctx, call, &row));
    call->member = row.id;
    return OK;
}

/* ---- what was changed, on its way into the town's own audit log ---- */

enum { HANDED_ACTS_MAX = 30 }; /* VERB_HANDED_MAX holds them; the parent tells the rest */
#define LATER STR("later")

/* Hands over what the town must still note; with nothing to note, its three steps are left out. */
static enum status hand_acts(struct ctx *ctx, struct verb_call *call)
{
    member_act *acts;
    size_t count;
    TRY(member_act_list(ctx, call->member, &acts, &count));
    if (count == 0) {
        call->next += 3;
        return OK;
    }
    for (size_t i = 0; i < count && i < HANDED_ACTS_MAX; i++) {
        shape_json(call->hand, &member_act_shape, &acts[i]);
        buf_add_byte(call->hand, '\n');
    }
    return buf_status(call->hand);
}

static enum status each_handed(struct ctx *ctx, const struct verb_call *call,
                               enum status (*visit)(struct ctx *ctx, const member_act *act))
{
    struct str rest = call->handed;
    while (rest.len > 0) {
        member_act act;
        TRY(shape_from_json(ctx->arena, &member_act_shape, str_cut(&rest, '\n'), &act));
        TRY(visit(ctx, &act));
    }
    return OK;
}

enum status member_verb_note(struct ctx *ctx, struct verb_call *call)
{
    return each_handed(ctx, call, member_act_note);
}

enum status member_verb_note_later(struct ctx *ctx, struct verb_call *call)
{
    (void)ctx;
    buf_add(call->hand, LATER);
    return OK;
}

static enum status forget(struct ctx *ctx, const member_act *act)
{
    return member_act_done(ctx, act->id, act->at_ms);
}

enum status member_verb_noted(struct ctx *ctx, struct verb_call *call)
{
    return str_eq(call->handed, LATER) ? OK : each_handed(ctx, call, forget);
}

/* ---- what is changed ---- */

static void take(const struct verb_call *call, const char *option, struct str *value)
{
    struct str given = verb_option(call, option);
    if (!str_is_absent(given))
        *value = given;
}

/* Writes the row again with the options that were given. */
static enum status set_given(struct ctx *ctx, const struct verb_call *call, const member_row *row, bool is_noted)
{
    struct sql_member_set set = {.id = row->id, .title = row->title, .kind = row->kind, .insee = row->insee,
                                 .siret = row->siret, .zone = row->zone, .language = row->language,
                                 .desk = row->desk, .phone = row->phone, .hours = row->hours};
    take(call, "--title", &set.title);
    take(call, "--kind", &set.kind);
    take(call, "--insee", &set.insee);
    take(call, "--siret", &set.siret);
    take(call, "--zone", &set.zone);
    take(call, "--language", &set.language);
    take(call, "--desk", &set.desk);
    take(call, "--phone", &set.phone);
    take(call, "--hours", &set.hours);
    TRY(member_set(ctx, &set));
    return is_noted ? member_act_set(ctx, row, &set) : OK;
}

enum status member_verb_set(struct ctx *ctx, struct verb_call *call)
{
    member_row row;
    TRY(named(ctx, call, &row));
    call->member = row.id;
    call->has_changed_members = true;
    TRY(set_given(ctx, call, &row, true));
    return hand_acts(ctx, call);
}

enum status member_verb_add(struct ctx *ctx, struct verb_call *call)
{
    member_row row;
    struct str name = verb_argument(call, 0), domain = verb_option(call, "--domain");
    TRY(member_add(ctx, name, domain, &call->member));
    TRY(named(ctx, call, &row));
    TRY(set_given(ctx, call, &row, false)); /* of a member that begins there is nobody to tell */
    call->has_changed_members = true;
    buf_add_format(call->out, "%.*s: member %lld, %.*s\n", STR_ARG(name), (long long)call->member, STR_ARG(domain));
    return OK;
}

static void add_words(struct buf *out, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_add_format(out, "%s%.*s", i > 0 ? "," : "\t", STR_ARG(words[i]));
    if (count == 0)
        buf_add_literal(out, "\t-");
}

static enum status list_one(struct ctx *ctx, struct buf *out, const member_row *row)
{
    struct str *domains, *hosts;
    struct place place;
    size_t domain_count, host_count, separators = 0;
    TRY(member_domains(ctx, row->id, &domains, &domain_count));
    TRY(member_hosts(ctx, row->id, &hosts, &host_count));
    TRY(member_place(ctx, row, &place));
    buf_add_format(out, "%.*s\t%.*s\t%.*s", STR_ARG(row->name), STR_ARG(row->title), STR_ARG(row->kind));
    add_words(out, domains, domain_count);
    add_words(out, hosts, host_count);
    for (size_t i = 0; service_all[i] != NULL; i++)
        if (!service_all[i]->is_always_on && service_is_on(service_all, service_all[i], place.services_on))
            buf_add_format(out, "%s%s", separators++ > 0 ? "," : "\t", service_all[i]->name);
    buf_add_c(out, separators > 0 ? "\n" : "\t-\n");
    return OK;
}

enum status member_verb_list(struct ctx *ctx, struct verb_call *call)
{
    member_row *rows;
    size_t count;
    TRY(member_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(list_one(ctx, call->out, &rows[i]));
    return buf_status(call->out);
}

static void add_fact(struct buf *out, const char *name, struct str value)
{
    buf_add_format(out, "%s\t%.*s\n", name, STR_ARG(value));
}

static void add_facts(struct buf *out, const char *name, const struct str *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_fact(out, name, values[i]);
}

enum status member_verb_show(struct ctx *ctx, struct verb_call *call)
{
    member_row row;
    struct str *domains, *hosts;
    size_t domain_count, host_count;
    struct buf *out = call->out;
    TRY(named(ctx, call, &row));
    TRY(member_domains(ctx, row.id, &domains, &domain_count));
    TRY(member_hosts(ctx, row.id, &hosts, &host_count));
    call->member = row.id;
    const struct {
        const char *name;
        struct str value;
    } facts[] = {{"name", row.name}, {"title", row.title}, {"kind", row.kind}, {"insee", row.insee},
                 {"siret", row.siret}, {"zone", row.zone}, {"language", row.language}, {"desk", row.desk},
                 {"phone", row.phone}, {"hours", row.hours}};
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        add_fact(out, facts[i].name, facts[i].value);
    buf_add_literal(out, "since\t");
    instant_write(out, (struct instant){row.created_ms});
    buf_add_byte(out, '\n');
    add_facts(out, "domain", domains, domain_count);
    add_facts(out, "host", hosts, host_count);
    return buf_status(out);
}

static void add_day(struct buf *out, int64_t at_ms)
{
    buf_add_byte(out, '\t');
    if (at_ms > 0)
        instant_write(out, (struct instant){at_ms});
    else
        buf_add_byte(out, '-');
}

/* Rows come in the order of their days: the last one of a service says how it stands. */
enum status member_verb_services(struct ctx *ctx, struct verb_call *call)
{
    member_row row;
    struct sql_member_service_days_row *days;
    size_t count;
    TRY(named(ctx, call, &row));
    TRY(sql_member_service_days(ctx->db, ctx->arena, (struct sql_member_service_days){.member = row.id}, &days,
                                &count));
    for (size_t i = 0; service_all[i] != NULL; i++) {
        const struct sql_member_service_days_row *last = NULL;
        if (service_all[i]->is_always_on)
            continue;
        for (size_t j = 0; j < count; j++)
            if (str_eq(days[j].service, str_of(service_all[i]->name)))
                last = &days[j];
        bool is_on = last != NULL && last->until_ms == 0;
        buf_add_format(call->out, "%s\t%s", service_all[i]->name, is_on ? "on" : "off");
        add_day(call->out, last != NULL ? last->since_ms : 0);
        add_day(call->out, last != NULL ? last->until_ms : 0);
        buf_add_byte(call->out, '\n');
    }
    return buf_status(call->out);
}

static enum status opt(struct ctx *ctx, struct verb_call *call, bool is_in)
{
    member_row row;
    TRY(named(ctx, call, &row));
    enum status done = member_opt(ctx, row.id, verb_argument(call, 1), is_in);
    if (done == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "service.unknown", T_service_unknown);
    TRY(done);
    call->member = row.id;
    call->has_changed_members = true;
    TRY(member_act_opt(ctx, row.id, verb_argument(call, 1), is_in));
    return hand_acts(ctx, call);
}

enum status member_verb_service_on(struct ctx *ctx, struct verb_call *call)
{
    return opt(ctx, call, true);
}

enum status member_verb_service_off(struct ctx *ctx, struct verb_call *call)
{
    return opt(ctx, call, false);
}

enum status member_verb_add_domain(struct ctx *ctx, struct verb_call *call)
{
    member_row row;
    TRY(named(ctx, call, &row));
    call->member = row.id;
    call->has_changed_members = true;
    TRY(member_add_domain(ctx, row.id, verb_argument(call, 1)));
    TRY(member_act_add(ctx, row.id, "member.domain", row.name, verb_argument(call, 1)));
    return hand_acts(ctx, call);
}

enum status member_verb_add_host(struct ctx *ctx, struct verb_call *call)
{
    member_row row;
    TRY(named(ctx, call, &row));
    call->member = row.id;
    call->has_changed_members = true;
    TRY(member_add_host(ctx, row.id, verb_argument(call, 1)));
    TRY(member_act_add(ctx, row.id, "member.host", row.name, verb_argument(call, 1)));
    return hand_acts(ctx, call);
}
