#include "role/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/service.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "role/convert_ask.h"
#include "role/house.h"
#include "role/reach.h"
#include "role/verb.h"

enum { COMMAND_ARENA = 512 << 20, ARGUMENTS_MAX = 64 << 10, SHOW_EVERY_MS = 10 * 1000, SHOW_FIRST_MS = 1000 };

/* One verb on its way: what its steps have handed over so far. */
struct command {
    const struct verb *verb;
    const struct str *words;
    size_t word_count;
    enum language language;
    const char *folder;
    struct arena *arena; /* of one step at VERB_COMMAND */
    struct arena *always; /* of all of them */
    void *kept;
    struct auth auth;    /* the cost of new passwords */
    struct reach *reach;
    struct buf arguments, handed, input;
    int64_t member;
    int step;
    int64_t begun_ms, shown_ms;
    bool is_partial;   /* a step was done otherwise */
    bool is_line_open; /* progress stands on the terminal's last line */
};

/* ---- help ---- */

static void print_verb(FILE *to, const struct verb *verb, enum language language)
{
    struct str help = text_of(language, verb->help);
    fprintf(to, "  %s%s%s\n        %.*s\n", verb->words, verb->usage[0] ? " " : "", verb->usage, STR_ARG(help));
}

static void print_form(FILE *to)
{
    fprintf(to, "parvis --version | help [WORD] | -d DIR VERB... | accounting|assistant|model VERB...\n\n");
}

static int print_help(FILE *to, enum language language)
{
    print_form(to);
    for (size_t i = 0; i < house_verb_count; i++)
        print_verb(to, &house_verbs[i], language);
    for (size_t s = 0; service_all[s] != NULL; s++)
        for (size_t i = 0; i < service_all[s]->verb_count; i++)
            print_verb(to, &service_all[s]->verbs[i], language);
    return to == stdout ? COMMAND_DONE : COMMAND_USAGE;
}

/* Whose first word it is: "accounting check" of "accounting". */
static bool is_of(const struct verb *verb, struct str word)
{
    struct str words = str_of(verb->words);
    return str_eq(str_cut(&words, ' '), word);
}

/* The verbs of a word; the whole list, as of a mistake, where none has it. */
static int print_help_of(struct str word, enum language language)
{
    size_t found = 0;
    for (size_t i = 0; i < house_verb_count; i++)
        if (is_of(&house_verbs[i], word) && ++found > 0)
            print_verb(stdout, &house_verbs[i], language);
    for (size_t s = 0; service_all[s] != NULL; s++)
        for (size_t i = 0; i < service_all[s]->verb_count; i++)
            if (is_of(&service_all[s]->verbs[i], word) && ++found > 0)
                print_verb(stdout, &service_all[s]->verbs[i], language);
    return found > 0 ? COMMAND_DONE : print_help(stderr, language);
}

static enum language own_language(void)
{
    const char *names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != 0)
            return str_starts(str_of(value), STR("fr")) ? LANGUAGE_FR : LANGUAGE_EN;
    }
    return LANGUAGE_EN;
}

/* ---- what is seen ---- */

static void end_progress(struct command *command)
{
    if (command->is_line_open)
        fprintf(stderr, "\r\033[K");
    command->is_line_open = false;
}

/* On a terminal one line that moves, elsewhere a line from time to time. */
static void show_progress(struct command *command, int64_t done, int64_t total)
{
    int64_t now_ms = clock_monotonic_ms(), spent_ms = now_ms - command->begun_ms;
    bool is_terminal = isatty(STDERR_FILENO);
    int64_t pause_ms = is_terminal ? SHOW_FIRST_MS / 4 : SHOW_EVERY_MS;
    if (total <= 0 || done <= 0 || done > total || spent_ms < SHOW_FIRST_MS || now_ms - command->shown_ms < pause_ms)
        return;
    int64_t left_s = (spent_ms * (total - done) / done + 999) / 1000;
    command->shown_ms = now_ms;
    command->is_line_open = is_terminal;
    fprintf(stderr, "%s%lld %%, %lld:%02lld left%s", is_terminal ? "\r\033[K" : "", (long long)(done * 100 / total),
            (long long)(left_s / 60), (long long)(left_s % 60), is_terminal ? "" : "\n");
}

static enum status print_out(struct command *command, struct str out)
{
    if (out.len == 0)
        return OK;
    end_progress(command);
    return fwrite(out.at, 1, out.len, stdout) == out.len && fflush(stdout) == 0 ? OK : OUTSIDE;
}

static int refused(struct command *command, enum status status, struct str error)
{
    end_progress(command);
    if (error.len > 0)
        fprintf(stderr, "parvis: %.*s\n", STR_ARG(error));
    return status == BUSY ? COMMAND_BUSY : status == CORRUPT ? COMMAND_DAMAGED : COMMAND_REFUSED;
}

/* ---- steps ---- */

static void keep_handed(struct command *command, struct str handed)
{
    if (handed.len == 0)
        return;
    buf_clear(&command->handed);
    buf_add(&command->handed, handed);
}

/* `handed` and `input` may be slices of what the step was given: the step is over. */
static void go_on(struct command *command, const struct verb_call *call, struct str output)
{
    keep_handed(command, call->hand != NULL ? buf_str(call->hand) : STR(""));
    command->member = call->member;
    command->step = call->next;
    command->is_partial |= call->is_partial;
    buf_clear(&command->input);
    buf_add(&command->input, output);
    show_progress(command, call->done, call->total);
}

static int run_here(struct command *command)
{
    struct buf out BUF_SCOPE = BUF_INIT(VERB_OUT_MAX), hand BUF_SCOPE = BUF_INIT(VERB_HANDED_MAX);
    struct buf output BUF_SCOPE = BUF_INIT(VERB_BULK_MAX), error BUF_SCOPE = BUF_INIT(VERB_OUT_MAX);
    struct ctx ctx = {.arena = command->arena, .auth = &command->auth, .language = command->language,
                      .actor = {.address = STR(""), .name = STR("")}, .now = clock_now(), .trace = STR("command")};
    struct verb_call call = {.verb = command->verb, .words = command->words, .word_count = command->word_count,
                             .folder = command->folder, .member = command->member,
                             .always = command->always, .kept = &command->kept,
                             .handed = buf_str(&command->handed), .input = buf_str(&command->input), .out = &out,
                             .hand = &hand, .output = &output, .next = command->step + 1};
    enum status done = command->verb->steps[command->step].run(&ctx, &call);
    if (done == OK && (out.is_over || hand.is_over || output.is_over))
        done = LIMIT;
    enum status printed = print_out(command, buf_str(&out));
    if (done == OK)
        done = printed;
    if (done != OK && !call.is_told)
        verb_say_failure(&error, &ctx, done);
    if (done != OK) {
        int code = refused(command, done, buf_str(&error));
        return call.is_unread ? COMMAND_UNREAD : code;
    }
    go_on(command, &call, buf_str(&output));
    arena_reset(command->arena);
    return COMMAND_DONE;
}

/* The input is a document: a line that says what is in it goes to the next step. */
static int run_convert(struct command *command, enum verb_place place)
{
    struct buf line BUF_SCOPE = BUF_INIT(VERB_BULK_MAX);
    enum conversion_kind kind = place == VERB_UNPACK     ? CONVERSION_SHEETS
                                : place == VERB_ATTACHED ? CONVERSION_INVOICE
                                                         : CONVERSION_WORDS;
    enum status done = convert_ask(command->folder, kind, buf_str(&command->input), &line);
    if (done != OK)
        return refused(command, done, str_of(status_name(done)));
    command->begun_ms = clock_monotonic_ms(); /* what is counted begins with what comes out */
    struct verb_call call = {.member = command->member, .next = command->step + 1};
    go_on(command, &call, buf_str(&line));
    return COMMAND_DONE;
}

/* A verb that goes on without this step says how. */
static bool has_otherwise(const struct command *command)
{
    return command->step + 1 < VERB_STEPS_MAX && command->verb->steps[command->step + 1].place == VERB_OTHERWISE;
}

static int run_there(struct command *command, enum verb_place place)
{
    struct message_verb_done done;
    struct str output, refusal = STR("");
    struct reach_step step = {
        .place = place,
        .wait_ms = has_otherwise(command) ? VERB_ANSWER_MS : 0,
        .input = buf_str(&command->input),
        .ask = {.step = command->step, .language = command->language, .member = command->member,
                .words = str_of(command->verb->words), .arguments = buf_str(&command->arguments),
                .handed = buf_str(&command->handed)}};
    enum status sent = reach_run(command->reach, &step, &done, &output, &refusal);
    if (has_otherwise(command) && (sent != OK || done.status != OK)) {
        command->step++;
        return run_here(command);
    }
    if (sent != OK)
        return refused(command, sent, refusal);
    if (print_out(command, done.out) != OK)
        return refused(command, OUTSIDE, STR("standard output is closed"));
    if (done.status != OK)
        return refused(command, (enum status)done.status, done.error);
    struct verb_call call = {.member = done.member, .next = (int)done.next, .done = done.done, .total = done.total};
    keep_handed(command, done.handed);
    go_on(command, &call, output);
    return COMMAND_DONE;
}

static int run_steps(struct command *command)
{
    while (command->step >= 0 && command->step < VERB_STEPS_MAX) {
        enum verb_place place = command->verb->steps[command->step].place;
        if (place == 0)
            break;
        if (place == VERB_OTHERWISE) {
            command->step++;
            continue;
        }
        bool is_here = place == VERB_COMMAND || place == VERB_ALONE;
        bool is_converted = place == VERB_CONVERT || place == VERB_UNPACK || place == VERB_ATTACHED;
        int code = is_here        ? run_here(command)
                   : is_converted ? run_convert(command, place)
                                  : run_there(command, place);
        if (code != COMMAND_DONE)
            return code;
    }
    end_progress(command);
    return command->is_partial ? COMMAND_BUSY : COMMAND_DONE;
}

/* The cost of a new password, where there is a house already; otherwise a verb that makes one is refused. */
static void read_cost(struct command *command)
{
    struct config config;
    struct str refusal;
    struct arena *arena ARENA_SCOPE = arena_create(CONFIG_FILE_MAX * 4);
    command->auth.entropy = entropy_fill;
    if (house_config(command->folder, arena, &config, &refusal) != OK ||
        house_cost(&config, &command->auth.cost) != OK)
        command->auth.cost = (struct password_cost){0};
}

static int run_verb(struct command *command)
{
    command->arguments = BUF_INIT(ARGUMENTS_MAX);
    command->handed = BUF_INIT(VERB_HANDED_MAX);
    command->input = BUF_INIT(VERB_BULK_MAX);
    for (size_t i = 0; i < command->word_count; i++) {
        buf_add(&command->arguments, command->words[i]);
        buf_add_byte(&command->arguments, 0);
    }
    command->arena = arena_create(COMMAND_ARENA);
    command->always = arena_create(COMMAND_ARENA);
    command->begun_ms = clock_monotonic_ms();
    if (command->folder != NULL) {
        command->reach = reach_create(command->folder);
        read_cost(command);
    }
    int code = buf_status(&command->arguments) == OK ? run_steps(command) : COMMAND_USAGE;
    reach_destroy(command->reach);
    arena_destroy(&command->arena);
    arena_destroy(&command->always);
    buf_finish(&command->arguments);
    buf_finish(&command->handed);
    buf_finish(&command->input);
    return code;
}

/* The words behind `-d DIR`; without a folder only verbs that need none. */
static int run_words(const char *folder, int count, char **given, enum language language)
{
    struct str words[VERB_WORDS_MAX];
    size_t taken;
    if (count > VERB_WORDS_MAX)
        return print_help(stderr, language);
    for (int i = 0; i < count; i++)
        words[i] = str_of(given[i]);
    struct command command = {.language = language, .folder = folder};
    command.verb = verb_find(words, (size_t)count, &taken);
    if (command.verb == NULL)
        return print_help(stderr, language);
    command.words = words + taken;
    command.word_count = (size_t)count - taken;
    bool is_placed = (folder == NULL) == (command.verb->steps[0].place == VERB_ALONE); /* with DIR, or without */
    if (!is_placed || !verb_accepts(command.verb->usage, command.words, command.word_count)) {
        if (!is_placed)
            print_form(stderr);
        print_verb(stderr, command.verb, language);
        return COMMAND_USAGE;
    }
    return run_verb(&command);
}

int command_run(int count, char **words)
{
    enum language language = own_language();
    struct str first = count > 1 ? str_of(words[1]) : STR("");
    if (count == 2 && str_eq(first, STR("--version")))
        return printf("parvis %s\n", PARVIS_VERSION) < 0;
    if (count == 2 && (str_eq(first, STR("--help")) || str_eq(first, STR("help"))))
        return print_help(stdout, language);
    if (count == 3 && str_eq(first, STR("help")))
        return print_help_of(str_of(words[2]), language);
    if (count > 2 && !str_eq(first, STR("-d")))
        return run_words(NULL, count - 1, words + 1, language);
    if (count < 4)
        return print_help(stderr, language);
    return run_words(words[2], count - 3, words + 3, language);
}
