#include "role/command.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/person.h"
#include "os/clock.h"
#include "role/house.h"
#include "role/parent.h"

enum { EXIT_USAGE = 64, OPTIONS_MAX = 8 };

struct call {
    const char *folder;
    struct str arguments[OPTIONS_MAX]; /* without options */
    size_t argument_count;
    struct str domain, name;           /* --domain, --name */
};

static int refuse(struct str sentence)
{
    fprintf(stderr, "parvis: %.*s\n", STR_ARG(sentence));
    return 1;
}

/* The sentence of a failure in English: operators' output; the code tells scripts. */
static int refuse_ctx(const struct ctx *ctx, enum status status)
{
    if (ctx->failure.code == NULL) {
        fprintf(stderr, "parvis: %s\n", status_name(status));
        return 1;
    }
    struct str sentence = lang_texts[LANGUAGE_EN][ctx->failure.sentence].one;
    fprintf(stderr, "parvis: %s: %.*s\n", ctx->failure.code, STR_ARG(sentence));
    return 1;
}

static int do_init(const struct call *call)
{
    struct str refusal;
    if (house_create(call->folder, clock_now(), &refusal) != OK)
        return refuse(refusal);
    for (int i = 0; i < SETTING_COUNT; i++)
        printf("%s = %s\n", setting_name(i), setting_default(i));
    return 0;
}

static int with_house(const struct call *call, int (*work)(const struct call *call, struct house *house))
{
    struct house house;
    struct str refusal;
    if (house_open(call->folder, clock_now(), &house, &refusal) != OK) {
        int code = refuse(refusal);
        house_close(&house);
        return code;
    }
    int code = work(call, &house);
    house_close(&house);
    return code;
}

static int add_town(const struct call *call, struct house *house)
{
    int64_t id;
    struct ctx ctx = {.arena = house->arena, .db = house->syndicate, .now = clock_now()};
    enum status done = db_begin(house->syndicate);
    if (done != OK)
        return refuse_ctx(&ctx, done);
    done = member_add(&ctx, call->arguments[0], call->domain, &id);
    if (done == OK)
        done = db_commit(house->syndicate, SYNC_FULL);
    else
        db_rollback(house->syndicate);
    if (done != OK)
        return refuse_ctx(&ctx, done);
    printf("%.*s: member %lld, %.*s\n", STR_ARG(call->arguments[0]), (long long)id, STR_ARG(call->domain));
    return 0;
}

static int do_town_add(const struct call *call)
{
    if (call->argument_count != 1 || str_is_absent(call->domain))
        return EXIT_USAGE;
    return with_house(call, add_town);
}

/* The open town that owns an address's domain. */
static enum status town_of(struct ctx *ctx, struct house *house, struct str name, struct town **ret_town)
{
    member_row *members;
    struct str *domains;
    size_t count, domain_count;
    int64_t replayed;
    TRY(member_list(ctx, &members, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(members[i].name, name))
            continue;
        TRY(member_domains(ctx, members[i].id, &domains, &domain_count));
        return house_open_town(house->folder, &members[i], domains, domain_count, ret_town, &replayed);
    }
    return NOT_FOUND;
}

static enum status add_in_town(struct ctx *ctx, struct town *town, const struct call *call)
{
    int64_t id;
    ctx->town = town;
    ctx->db = town->db;
    writer_job_begin(town->writer);
    enum status done = writer_job_end(town->writer, person_add(ctx, call->arguments[0], call->name, &id));
    TRY(done);
    TRY(writer_commit(town->writer));
    printf("%.*s: person %lld\n", STR_ARG(call->arguments[0]), (long long)id);
    return OK;
}

static int add_person(const struct call *call, struct house *house)
{
    int64_t member;
    struct str name, address = call->arguments[0];
    struct town *town = NULL;
    struct ctx ctx = {.arena = house->arena, .db = house->syndicate, .now = clock_now()};
    size_t at = str_find_byte_last(address, '@');
    struct str domain = at == SIZE_MAX ? STR("") : str_after(address, at + 1);
    enum status done = member_by_domain(&ctx, domain, &member, &name);
    if (done == NOT_FOUND)
        return refuse(STR("no town has this domain"));
    if (done == OK)
        done = town_of(&ctx, house, name, &town);
    if (done == OK)
        done = add_in_town(&ctx, town, call);
    int code = done == OK ? 0 : refuse_ctx(&ctx, done);
    house_close_town(town);
    return code;
}

static int do_person_add(const struct call *call)
{
    if (call->argument_count != 1 || str_is_absent(call->name))
        return EXIT_USAGE;
    return with_house(call, add_person);
}

static int do_serve(const struct call *call)
{
    return call->argument_count == 0 ? parent_serve(call->folder) : EXIT_USAGE;
}

static const struct {
    const char *first, *second, *usage, *help;
    int (*run)(const struct call *call);
} commands[] = {
    {"init", NULL, "", "makes an empty syndicate in DIR and prints its addresses", do_init},
    {"town", "add", "NAME --domain D", "adds a member", do_town_add},
    {"person", "add", "ADDRESS --name N", "adds a person who can receive mail", do_person_add},
    {"serve", NULL, "", "serves until SIGTERM; prints ready", do_serve},
};

static int usage(FILE *to)
{
    fprintf(to, "usage: parvis [--version | --help] | parvis -d DIR COMMAND\n\n");
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        fprintf(to, "  %s %s %s\n        %s\n", commands[i].first, commands[i].second ? commands[i].second : "",
                commands[i].usage, commands[i].help);
    return to == stdout ? 0 : EXIT_USAGE;
}

/* Options after the command's words. */
static bool read_words(struct call *call, int count, char **words)
{
    for (int i = 0; i < count; i++) {
        struct str word = str_of(words[i]);
        struct str *option = str_eq(word, STR("--domain")) ? &call->domain
                             : str_eq(word, STR("--name")) ? &call->name
                                                           : NULL;
        if (option == NULL && (str_starts(word, STR("--")) || call->argument_count == OPTIONS_MAX))
            return false;
        if (option == NULL) {
            call->arguments[call->argument_count++] = word;
            continue;
        }
        if (++i == count)
            return false;
        *option = str_of(words[i]);
    }
    return true;
}

static int run_command(struct call *call, int count, char **words)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        int length = commands[i].second != NULL ? 2 : 1;
        if (count < length || !str_eq(str_of(words[0]), str_of(commands[i].first)) ||
            (length == 2 && !str_eq(str_of(words[1]), str_of(commands[i].second))))
            continue;
        int code = read_words(call, count - length, words + length) ? commands[i].run(call) : EXIT_USAGE;
        return code == EXIT_USAGE ? usage(stderr) : code;
    }
    return usage(stderr);
}

int command_run(int count, char **words)
{
    struct call call = {0};
    if (count == 2 && str_eq(str_of(words[1]), STR("--version")))
        return printf("parvis %s\n", PARVIS_VERSION) < 0;
    if (count == 2 && str_eq(str_of(words[1]), STR("--help")))
        return usage(stdout);
    if (count < 4 || !str_eq(str_of(words[1]), STR("-d")))
        return usage(stderr);
    call.folder = words[2];
    return run_command(&call, count - 3, words + 3);
}
