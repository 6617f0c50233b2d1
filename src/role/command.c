#include "role/command.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/auth_sql.h"
#include "core/password.h"
#include "core/person.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "role/house.h"
#include "role/parent.h"
#include "service/mail/import.h"

enum { EXIT_USAGE = 64, OPTIONS_MAX = 8 };

struct call {
    const char *folder;
    struct str arguments[OPTIONS_MAX]; /* without options */
    size_t argument_count;
    struct str domain, name, role;     /* --domain, --name, --role */
    bool reads_password;               /* --password-stdin */
};

static int complain(struct str sentence)
{
    fprintf(stderr, "parvis: %.*s\n", STR_ARG(sentence));
    return 1;
}

/* The sentence of a failure in English: operators' output; the code tells scripts. */
static int complain_of(const struct ctx *ctx, enum status status)
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
        return complain(refusal);
    for (int i = 0; i < SETTING_COUNT; i++)
        printf("%s = %s\n", setting_name(i), setting_default(i));
    printf("TLS: `serve` makes tls/certificate.pem, signed by itself and good for this machine. Before others connect, put a\n"
           "real certificate in its place (tls.certificate, tls.key in parvis.conf).\n");
    return 0;
}

static int with_house(const struct call *call, int (*work)(const struct call *call, struct house *house))
{
    struct house house;
    struct str refusal;
    if (house_open(call->folder, clock_now(), &house, &refusal) != OK) {
        int code = complain(refusal);
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
        return complain_of(&ctx, done);
    done = member_add(&ctx, call->arguments[0], call->domain, &id);
    if (done == OK)
        done = db_commit(house->syndicate, SYNC_FULL);
    else
        db_rollback(house->syndicate);
    if (done != OK)
        return complain_of(&ctx, done);
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

static const struct {
    const char *word;
    enum role role;
} roles[] = {{"agent", ROLE_AGENT}, {"admin", ROLE_ADMINISTRATOR}, {"operator", ROLE_OPERATOR}};

static enum status role_of(struct str word, enum role *ret_role)
{
    *ret_role = ROLE_AGENT;
    if (str_is_absent(word))
        return OK;
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (!str_eq(word, str_of(roles[i].word)))
            continue;
        *ret_role = roles[i].role;
        return OK;
    }
    return INVALID;
}

/* Standard input, with one final newline dropped. */
static enum status read_password(struct arena *arena, struct str *ret_password)
{
    char *room = arena_alloc(arena, PASSWORD_MAX + 2);
    if (room == NULL)
        return LIMIT;
    size_t length = fread(room, 1, PASSWORD_MAX + 2, stdin);
    if (length > 0 && room[length - 1] == '\n')
        length--;
    *ret_password = (struct str){room, length};
    return OK;
}

/* After the person: without a credential nobody can sign in. */
static enum status put_credential(struct db *auth, int64_t person, const struct call *call, enum role role,
                                  struct str verifier, struct instant now)
{
    struct sql_auth_person_put put = {.person = person,
                                      .address = call->arguments[0],
                                      .role = role,
                                      .is_active = 1,
                                      .empty = STR(""),
                                      .language = STR(""),
                                      .now_ms = now.ms};
    TRY(sql_auth_person_put(auth, put));
    return sql_auth_set_verifier(
        auth, (struct sql_auth_set_verifier){.person = person, .verifier = verifier, .now_ms = now.ms});
}

static enum status add_credential(struct ctx *ctx, struct db *auth, int64_t person, const struct call *call,
                                  struct str verifier)
{
    enum role role;
    TRY(role_of(call->role, &role));
    TRY(db_begin(auth));
    enum status done = put_credential(auth, person, call, role, verifier, ctx->now);
    if (done != OK) {
        db_rollback(auth);
        return done;
    }
    return db_commit(auth, SYNC_FULL);
}

/* Also checks the role, before anything is written. */
static enum status verifier_of(struct ctx *ctx, const struct call *call, struct str *ret_verifier)
{
    struct str password;
    enum role role;
    unsigned char salt[PASSWORD_SALT_BYTES];
    struct buf verifier BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    *ret_verifier = STR("");
    TRY(role_of(call->role, &role));
    if (!call->reads_password)
        return OK;
    TRY(read_password(ctx->arena, &password));
    TRY(password_acceptable(password, call->arguments[0]));
    entropy_fill(salt, sizeof salt);
    TRY(password_hash(&verifier, password_calibrate(clock_monotonic_ms), password, salt));
    *ret_verifier = str_copy(ctx->arena, buf_str(&verifier));
    return str_is_absent(*ret_verifier) ? LIMIT : OK;
}

static enum status add_in_town(struct ctx *ctx, struct town *town, struct db *auth, const struct call *call)
{
    int64_t id;
    struct str hash;
    TRY(verifier_of(ctx, call, &hash));
    ctx->town = town;
    ctx->db = town->db;
    writer_job_begin(town->writer);
    enum status done = writer_job_end(town->writer, person_add(ctx, call->arguments[0], call->name, &id));
    TRY(done);
    TRY(writer_commit(town->writer));
    TRY(add_credential(ctx, auth, id, call, hash));
    printf("%.*s: person %lld\n", STR_ARG(call->arguments[0]), (long long)id);
    return OK;
}

static int add_person(const struct call *call, struct house *house)
{
    int64_t member;
    struct str name, address = call->arguments[0];
    struct town *town = NULL;
    struct db *auth = NULL;
    struct ctx ctx = {.arena = house->arena, .db = house->syndicate, .now = clock_now()};
    size_t at = str_find_byte_last(address, '@');
    struct str domain = at == SIZE_MAX ? STR("") : str_after(address, at + 1);
    enum status done = member_by_domain(&ctx, domain, &member, &name);
    if (done == NOT_FOUND)
        return complain(STR("no town has this domain"));
    if (done == OK)
        done = town_of(&ctx, house, name, &town);
    if (done == OK)
        done = house_open_auth(house->folder, name, ctx.arena, &auth);
    if (done == OK)
        done = add_in_town(&ctx, town, auth, call);
    int code = done == OK ? 0 : complain_of(&ctx, done);
    if (auth != NULL)
        db_close(auth);
    house_close_town(town);
    return code;
}

static int do_person_add(const struct call *call)
{
    if (call->argument_count != 1 || str_is_absent(call->name))
        return EXIT_USAGE;
    return with_house(call, add_person);
}

enum { IMPORT_ARENA = 256 << 20 };

static enum status import_file(struct ctx *ctx, struct town *town, const struct call *call)
{
    person_row person;
    struct str mbox;
    struct import_count count = {0};
    struct arena *batch ARENA_SCOPE = arena_create(IMPORT_ARENA);
    struct ctx of_town = {.arena = batch, .town = town, .db = town->db, .now = ctx->now};
    TRY(person_by_address(&of_town, call->arguments[0], &person));
    TRY(file_map_path(call->arguments[1].at, &mbox));
    enum status done = import_mbox(&of_town, person.id, mbox, &count);
    file_unmap(mbox);
    printf("%.*s: %lld imported, %lld there already\n", STR_ARG(call->arguments[0]), (long long)count.added,
           (long long)count.there_already);
    return done;
}

static int import_mail(const struct call *call, struct house *house)
{
    int64_t member;
    struct str name, address = call->arguments[0];
    struct town *town = NULL;
    struct ctx ctx = {.arena = house->arena, .db = house->syndicate, .now = clock_now()};
    size_t at = str_find_byte_last(address, '@');
    enum status done = member_by_domain(&ctx, at == SIZE_MAX ? STR("") : str_after(address, at + 1), &member, &name);
    if (done == OK)
        done = town_of(&ctx, house, name, &town);
    if (done == OK)
        done = import_file(&ctx, town, call);
    int code = done == OK ? 0 : complain_of(&ctx, done);
    house_close_town(town);
    return code;
}

static int do_mail_import(const struct call *call)
{
    return call->argument_count == 2 ? with_house(call, import_mail) : EXIT_USAGE;
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
    {"person", "add", "ADDRESS --name N [--password-stdin] [--role agent|admin|operator]",
     "adds a person; mail to the address is received from the next start of serve on", do_person_add},
    {"mail", "import", "ADDRESS PATH", "brings an mbox file into the INBOX; nothing twice", do_mail_import},
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
                             : str_eq(word, STR("--role")) ? &call->role
                                                           : NULL;
        if (str_eq(word, STR("--password-stdin"))) {
            call->reads_password = true;
            continue;
        }
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
