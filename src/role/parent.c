#include "role/parent.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "os/sandbox.h"
#include "os/socket.h"
#include "role/control.h"
#include "role/parent_state.h"
#include "role/provider_role.h"

enum { WAIT_MS = 5000, PAUSE_MS = 50 };

static const struct {
    enum setting setting;
    enum front_protocol protocol;
    bool is_secure;
} doors[] = {
    {SETTING_LISTEN_LMTP, FRONT_LMTP, false},
    {SETTING_LISTEN_SMTP, FRONT_SMTP, false},
    {SETTING_LISTEN_SUBMISSION, FRONT_SUBMISSION, false},
    {SETTING_LISTEN_SUBMISSIONS, FRONT_SUBMISSION, true},
    {SETTING_LISTEN_IMAP, FRONT_IMAP, false},
    {SETTING_LISTEN_IMAPS, FRONT_IMAP, true},
    {SETTING_LISTEN_WEB, FRONT_WEB, false},
    {SETTING_LISTEN_HTTPS, FRONT_WEB, true},
    {SETTING_LISTEN_HTTP, FRONT_REDIRECT, false},
    {SETTING_LISTEN_METRICS, FRONT_METRICS, false},
};

/* The operator's sentence for a door that does not open. */
static const char *why_closed(enum status status)
{
    switch (status) {
    case CONFLICT:
        return "another program listens there; stop it, or name another address in parvis.conf";
    case DENIED:
        return "this user may not listen there (a port below 1024 is root's)";
    default:
        return status_name(status);
    }
}

/* A front of a run that was killed may hear there for a moment. */
static enum status listen_at(struct str address, int *ret_listener)
{
    int64_t end_ms = clock_monotonic_ms() + WAIT_MS;
    enum status done = socket_listen(address, ret_listener);
    while (done == CONFLICT && clock_monotonic_ms() < end_ms) {
        clock_pause(PAUSE_MS);
        done = socket_listen(address, ret_listener);
    }
    return done;
}

static enum status open_doors(struct parent *parent)
{
    for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++) {
        struct str address = parent->house.config.values[doors[i].setting];
        struct front_door *door = &parent->doors[parent->door_count];
        if (str_eq(address, STR("off")))
            continue;
        enum status done = listen_at(address, &door->listener);
        if (done != OK) {
            fprintf(stderr, "%s = %.*s: %s\n", setting_name(doors[i].setting), STR_ARG(address), why_closed(done));
            return done;
        }
        door->protocol = doors[i].protocol;
        door->is_secure = doors[i].is_secure;
        parent->door_count++;
    }
    return OK;
}

/* NAME.localhost, the domains and the hosts of every member, as far as a certificate takes them. */
static enum status read_tls(struct parent *parent, struct buf *certificate, struct buf *key,
                            struct tls_context **ret_tls)
{
    struct str names[TLS_NAMES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < parent->member_count; i++) {
        const struct parent_member *member = parent->members[i];
        struct str local = str_format(parent->house.arena, "%.*s.localhost", STR_ARG(member->row.name));
        for (size_t j = 0; j < 1 + member->domain_count + member->host_count && count < TLS_NAMES_MAX; j++)
            names[count++] = j == 0                       ? local
                             : j <= member->domain_count ? member->domains[j - 1]
                                                         : member->hosts[j - 1 - member->domain_count];
    }
    struct house_pem pem = {certificate, key};
    return house_tls(&parent->house, names, count, clock_now(), &pem, ret_tls);
}

static void wipe(struct buf *key)
{
    if (key->at != NULL)
        explicit_bzero(key->at, key->room);
    buf_finish(key);
}

static enum status open_tls(struct parent *parent)
{
    struct buf certificate BUF_SCOPE = BUF_INIT(TLS_PEM_MAX), key = BUF_INIT(TLS_PEM_MAX);
    enum status done = read_tls(parent, &certificate, &key, &parent->tls);
    wipe(&key);
    return done;
}

/* ---- again, without an end (SIGHUP) ---- */

/* The settings of the certificate are read anew; all others, and doors, are as serve began. */
static enum status reread_settings(struct parent *parent)
{
    struct config config;
    struct str refusal = STR("");
    enum status done = house_config(parent->house.folder, parent->house.arena, &config, &refusal);
    if (done != OK) {
        fprintf(stderr, "parvis: %.*s\n", STR_ARG(refusal));
        return done;
    }
    parent->house.config.values[SETTING_TLS_CERTIFICATE] = config.values[SETTING_TLS_CERTIFICATE];
    parent->house.config.values[SETTING_TLS_KEY] = config.values[SETTING_TLS_KEY];
    return OK;
}

static enum status tell_front(const struct parent *parent, const struct buf *certificate, struct buf *key)
{
    struct message_tls told = {.certificate_bytes = (int64_t)certificate->len};
    struct buf both = BUF_INIT(2 * TLS_PEM_MAX);
    int fd = -1;
    buf_add(&both, buf_str(certificate));
    buf_add(&both, buf_str(key));
    enum status done = buf_status(&both);
    if (done == OK)
        done = file_memory(buf_str(&both), &fd);
    wipe(&both);
    if (done == OK && parent->front.channel != NULL)
        return message_send(parent->front.channel, MESSAGE_TLS, &told, fd);
    file_close(&fd);
    return done;
}

/* A certificate that cannot be used leaves the one there is. */
static enum status reload_tls(struct parent *parent)
{
    struct buf certificate BUF_SCOPE = BUF_INIT(TLS_PEM_MAX), key = BUF_INIT(TLS_PEM_MAX);
    struct tls_context *tls = NULL;
    enum status done = read_tls(parent, &certificate, &key, &tls);
    if (done == OK) {
        tls_context_destroy(parent->tls);
        parent->tls = tls; /* for a front that starts anew */
        done = tell_front(parent, &certificate, &key);
    }
    wipe(&key);
    return done;
}

static void reload(struct parent *parent)
{
    enum status done = reread_settings(parent);
    if (done == OK)
        done = parent_read_members(parent);
    if (done == OK)
        done = reload_tls(parent);
    if (done == OK)
        parent_connect(parent);
    LOG(done == OK ? LOG_INFO_LEVEL : LOG_ERROR_LEVEL, "parent", "reloaded",
        LOG_TEXT("status", str_of(status_name(done))));
}

static void on_signal(void *with, int signal)
{
    struct parent *parent = with;
    struct process_ending ending;
    if (signal == SIGHUP && !parent->is_desk)
        reload(parent);
    else if (signal != SIGCHLD)
        parent_stop(parent);
    while (process_reap(&ending) == OK) {
        struct parent_child *child = parent_find(parent, ending.pid);
        if (child != NULL)
            parent_ended(child, &ending);
        else
            parent_convert_ended(parent, &ending);
    }
    if (parent->is_stopping && parent_is_alone(parent))
        loop_stop(parent->loop);
}

static void end_child(struct parent_child *child)
{
    if (child->pid != 0)
        process_end(child->pid);
}

/* Somebody did not end by itself in time. */
static void on_late(void *with)
{
    struct parent *parent = with;
    parent->has_failed = true;
    end_child(&parent->front);
    end_child(&parent->auth);
    for (size_t i = 0; i < PARENT_HASHERS; i++)
        end_child(&parent->hashers[i]);
    end_child(&parent->model);
    end_child(&parent->provider);
    for (size_t i = 0; i < parent->member_count; i++)
        end_child(&parent->members[i]->town);
    loop_stop(parent->loop);
}

static void on_connect(void *with)
{
    parent_connect(with);
}

/* What walls the roles have, in one line, since an operator cannot see them. */
static void say_confinement(const struct parent *parent)
{
    struct sandbox_kernel kernel = sandbox_kernel();
    bool is_root = owner_is_root() && parent->becomes == NULL;
    bool is_whole = kernel.landlock > 0 && kernel.has_calls && !is_root;
    LOG(is_whole ? LOG_INFO_LEVEL : LOG_WARN_LEVEL, "parent", "confinement", LOG_NUMBER("landlock", kernel.landlock),
        LOG_NUMBER("seccomp", kernel.has_calls),
        LOG_TEXT("user", parent->becomes != NULL ? parent->house.config.values[SETTING_USER] : STR("-")),
        LOG_TEXT("advice", is_root ? STR("runs as root: set `user = NAME` in parvis.conf") : STR("")));
}

/* Mapped here once: every town that is forked shares them, and may open no file outside its folder any more. */
static void open_fonts(struct parent *parent)
{
    enum status done = pdf_fonts_open(&parent->fonts);
    if (done != OK)
        LOG(LOG_WARN_LEVEL, "parent", "no_fonts", LOG_TEXT("status", str_of(status_name(done))),
            LOG_TEXT("advice", STR("nothing can be printed: install fonts-dejavu-core, then start parvis again")));
}

static enum status start(struct parent *parent)
{
    say_confinement(parent);
    open_fonts(parent);
    TRY(open_doors(parent));
    db_close(parent->house.syndicate); /* no child inherits an open database */
    parent->house.syndicate = NULL;
    TRY(parent_read_members(parent));
    TRY(open_tls(parent));
    parent_start(&parent->front);
    parent_start(&parent->auth);
    for (size_t i = 0; i < PARENT_HASHERS; i++)
        parent_start(&parent->hashers[i]);
    parent_start(&parent->model);
    if (parent->has_provider)
        parent_start(&parent->provider);
    parent_connect(parent);
    return control_open(parent, &parent->control);
}

/* A verb, or a town of a run that was killed, may hold the folder for a moment. */
static enum status take_house(struct parent *parent, const char *folder, struct str *ret_refusal)
{
    int64_t end_ms = clock_monotonic_ms() + WAIT_MS;
    enum status done = house_open(folder, clock_now(), &parent->house, ret_refusal);
    while (done == BUSY && clock_monotonic_ms() < end_ms) {
        house_close(&parent->house);
        clock_pause(PAUSE_MS);
        done = house_open(folder, clock_now(), &parent->house, ret_refusal);
    }
    return done;
}

static enum status open_house(struct parent *parent, const char *folder)
{
    struct str refusal = STR("");
    unsigned char key[AUTH_KEY_BYTES];
    enum status done = take_house(parent, folder, &refusal);
    if (done == OK && (done = house_cost(&parent->house.config, &parent->cost)) != OK)
        refusal = STR("parvis.conf: password.memory_kib or password.passes is out of bounds");
    if (done == OK && (done = house_key(folder, key)) != OK)
        refusal = STR("the file `key` is missing or damaged: it belongs to every auth.db and comes back with a backup");
    explicit_bzero(key, sizeof key);
    enum status found = done == OK ? prologue_owner(parent->house.config.values[SETTING_USER], &parent->owner)
                                   : NOT_FOUND;
    if (found == OK)
        parent->becomes = &parent->owner;
    else if (found != NOT_FOUND && (done = found) != OK)
        refusal = STR("parvis.conf: user: there is no such user, or it is root");
    if (done == OK && (done = sandbox_begin()) != OK)
        refusal = STR("the kernel refuses to confine this process");
    if (done != OK)
        fprintf(stderr, "parvis: %.*s\n", STR_ARG(refusal));
    return done;
}

static void close_child(struct parent_child *child)
{
    channel_destroy(child->channel);
    loop_timer_destroy(child->again);
    parent_figures_forget(child);
}

static void close_parent(struct parent *parent)
{
    control_close(parent->control);
    close_child(&parent->front);
    close_child(&parent->auth);
    for (size_t i = 0; i < PARENT_HASHERS; i++)
        close_child(&parent->hashers[i]);
    close_child(&parent->model);
    close_child(&parent->provider);
    parent_converts_close(parent);
    for (size_t i = 0; i < parent->member_count; i++) {
        close_child(&parent->members[i]->town);
        file_close(&parent->members[i]->key);
        free(parent->members[i]);
    }
    process_signals_destroy(parent->signals);
    loop_timer_destroy(parent->late);
    loop_timer_destroy(parent->connect);
    loop_timer_destroy(parent->gather);
    loop_destroy(parent->loop);
    tls_context_destroy(parent->tls);
    pdf_fonts_close(parent->fonts);
    arena_destroy(&parent->texts);
    house_close(&parent->house);
    free(parent);
}

int parent_serve(const char *folder)
{
    struct parent *parent = calloc(1, sizeof *parent);
    REQUIRE(parent != NULL);
    parent->front = (struct parent_child){.parent = parent, .role = ROLE_FRONT};
    parent->auth = (struct parent_child){.parent = parent, .role = ROLE_AUTH};
    for (size_t i = 0; i < PARENT_HASHERS; i++)
        parent->hashers[i] = (struct parent_child){.parent = parent, .role = ROLE_HASHER};
    parent->model = (struct parent_child){.parent = parent, .role = ROLE_MODEL};
    parent->provider = (struct parent_child){.parent = parent, .role = ROLE_PROVIDER};
    parent->has_provider = provider_role_is_wanted(folder);
    parent->is_desk = isatty(STDIN_FILENO);
    process_raise_descriptors();
    enum status done = open_house(parent, folder);
    parent->loop = loop_create();
    parent->late = loop_timer_create(parent->loop, on_late, parent);
    parent->connect = loop_timer_create(parent->loop, on_connect, parent);
    parent->gather = loop_timer_create(parent->loop, parent_on_gather, parent);
    if (done == OK)
        done = process_signals_create(parent->loop, on_signal, parent, &parent->signals);
    if (done == OK && (done = start(parent)) != OK)
        fprintf(stderr, "parvis: could not start: %s\n", status_name(done));
    if (done == OK)
        loop_run(parent->loop, NULL, NULL);
    done = done == OK && parent->has_failed ? OUTSIDE : done;
    close_parent(parent);
    return done != OK;
}
