#include "os/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"

enum {
    READ_STEP = 64 << 10,    /* asked of the kernel at once */
    READ_TURN = 1 << 20,     /* taken in one turn of the loop, so that one peer cannot hold it */
    KEPT_ROOM = 64 << 10,    /* memory a drained queue keeps */
    BATCH_FDS = 28,          /* descriptors in one write; the kernel takes 253 */
    RECEIVED_FDS = 2 * BATCH_FDS, /* the end of one write and the start of the next come as one */
    QUEUED_FDS = 1024,       /* descriptors held open while they wait */
    FLAG_FD = 1,             /* the frame takes the oldest descriptor received */
    RETRY_MS = 10,
};

struct header {
    uint32_t length;
    uint16_t type, flags;
};

struct queued_fd {
    uint64_t after; /* bytes ever queued before its frame */
    int fd;
};

struct channel {
    struct loop *loop;
    struct loop_watch *watch;
    struct loop_timer *retry;
    struct loop_later flush, again;
    channel_on_frame *on_frame;
    channel_on_close *on_close;
    void *with;
    int socket;
    bool is_closed, is_in_callback, is_destroyed;
    bool is_blocked; /* the kernel's queue is full: the watch or the retry timer says when to go on */
    bool wants_write; /* ... the watch does */
    bool is_paused;   /* takes no frame until `again`; that one comes next turn, or when there is room */

    struct buf out;
    size_t out_from;         /* out->at + out_from is the first byte not sent */
    uint64_t queued, sent;   /* bytes ever */
    size_t batch_left;       /* bytes of a begun write: its descriptors have gone already */
    struct queued_fd *fds;   /* a ring */
    size_t fds_from, fds_count;

    struct buf in;
    int received[RECEIVED_FDS];
    size_t received_count;
};

static void drop_descriptors(struct channel *channel)
{
    for (size_t i = 0; i < channel->fds_count; i++)
        close(channel->fds[(channel->fds_from + i) % QUEUED_FDS].fd);
    for (size_t i = 0; i < channel->received_count; i++)
        close(channel->received[i]);
    channel->fds_count = channel->received_count = 0;
}

/* Ends traffic, once; the memory stays for callers on the stack. */
static void shut(struct channel *channel)
{
    if (channel->is_closed)
        return;
    channel->is_closed = true;
    loop_later_remove(&channel->flush);
    loop_later_remove(&channel->again);
    loop_timer_destroy(channel->retry);
    loop_watch_remove(channel->watch);
    close(channel->socket);
    drop_descriptors(channel);
    buf_finish(&channel->out);
}

static void free_channel(struct channel *channel)
{
    buf_finish(&channel->in);
    free(channel->fds);
    free(channel);
}

void channel_destroy(struct channel *channel)
{
    if (channel == NULL)
        return;
    shut(channel);
    if (channel->is_in_callback)
        channel->is_destroyed = true; /* freed by the function that called back */
    else
        free_channel(channel);
}

static void fail_closed(struct channel *channel)
{
    if (channel->is_closed)
        return;
    shut(channel);
    channel->is_in_callback = true;
    channel->on_close(channel->with);
    channel->is_in_callback = false;
}

static bool waits_for_room(const struct channel *channel)
{
    return channel->is_paused && channel->again.next == NULL;
}

/* Who waits for room does not hear what comes: it would wake the loop again and again. */
static void watch(struct channel *channel, bool wants_write)
{
    channel->wants_write = wants_write;
    loop_watch_set(channel->watch, (waits_for_room(channel) ? 0 : LOOP_READ) | (wants_write ? LOOP_WRITE : 0));
}

/* ---- sending ---- */

/* Chooses what leaves next: all that is queued, up to the first frame whose descriptor does not fit.
 * Descriptors go with the first byte of a write, so a write cut short is finished without new ones. */
static size_t begin_batch(struct channel *channel, int fds[BATCH_FDS])
{
    size_t count = 0;
    while (count < channel->fds_count && count < BATCH_FDS) {
        fds[count] = channel->fds[(channel->fds_from + count) % QUEUED_FDS].fd;
        count++;
    }
    channel->batch_left = channel->out.len - channel->out_from;
    if (count < channel->fds_count) {
        uint64_t next_after = channel->fds[(channel->fds_from + count) % QUEUED_FDS].after;
        channel->batch_left = (size_t)(next_after - channel->sent);
    }
    return count;
}

static void forget_fds(struct channel *channel, size_t count)
{
    for (size_t i = 0; i < count; i++)
        close(channel->fds[(channel->fds_from + i) % QUEUED_FDS].fd);
    channel->fds_from = (channel->fds_from + count) % QUEUED_FDS;
    channel->fds_count -= count;
}

static void forget_bytes(struct channel *channel, size_t count)
{
    channel->batch_left -= count;
    channel->sent += count;
    channel->out_from += count;
    if (channel->out_from == channel->out.len) {
        channel->out_from = 0;
        if (channel->out.room > KEPT_ROOM)
            buf_release(&channel->out);
        else
            buf_clear(&channel->out);
    } else if (channel->out_from > channel->out.len / 2) {
        /* Moved only when half is gone: each byte is moved once on average. */
        buf_consume(&channel->out, channel->out_from);
        channel->out_from = 0;
    }
}

static ssize_t send_bytes(struct channel *channel, const int *fds, size_t fd_count)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int) * BATCH_FDS)];
    } control;
    struct iovec bytes = {channel->out.at + channel->out_from, channel->batch_left};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
    if (fd_count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * fd_count);
        struct cmsghdr *header = &control.header; /* the first and only one: what CMSG_FIRSTHDR finds */
        *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(int) * fd_count),
                                   .cmsg_level = SOL_SOCKET,
                                   .cmsg_type = SCM_RIGHTS};
        memcpy(CMSG_DATA(header), fds, sizeof(int) * fd_count);
    }
    return sendmsg(channel->socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* One write. Answers whether another may follow at once. */
static bool send_batch(struct channel *channel)
{
    int fds[BATCH_FDS];
    size_t fd_count = 0;
    bool is_new = channel->batch_left == 0;
    if (is_new)
        fd_count = begin_batch(channel, fds);
    ssize_t sent = send_bytes(channel, fds, fd_count);
    if (sent > 0) {
        forget_fds(channel, fd_count);
        forget_bytes(channel, (size_t)sent);
        return channel->batch_left == 0 && channel->queued > channel->sent;
    }
    if (is_new)
        channel->batch_left = 0;
    if (errno == EINTR)
        return true;
    bool has_no_room = errno == ETOOMANYREFS || errno == ENOBUFS || errno == ENOMEM;
    if (errno != EAGAIN && !has_no_room) {
        fail_closed(channel);
        return false;
    }
    channel->is_blocked = true;
    if (has_no_room)
        loop_timer_set(channel->retry, RETRY_MS); /* a writable socket is no sign of it */
    else
        watch(channel, true);
    return false;
}

static void release_if_destroyed(struct channel *channel)
{
    if (channel->is_destroyed)
        free_channel(channel);
}

static void send_queued(struct channel *channel)
{
    while (channel->queued > channel->sent && send_batch(channel))
        ;
    if (channel->is_closed || channel->is_blocked || channel->batch_left == 0)
        return;
    channel->is_blocked = true; /* a write was cut short */
    watch(channel, true);
}

static void on_flush(void *with)
{
    struct channel *channel = with;
    if (!channel->is_blocked)
        send_queued(channel);
    release_if_destroyed(channel);
}

static void on_room(void *with)
{
    struct channel *channel = with;
    channel->is_blocked = false;
    if (channel->is_paused)
        loop_next_add(channel->loop, &channel->again);
    watch(channel, false);
    on_flush(channel);
}

static enum status queue_frame(struct channel *channel, struct header header, struct str payload, int fd)
{
    if (channel->is_closed)
        return GONE;
    size_t needed = sizeof header + payload.len;
    if (payload.len > CHANNEL_FRAME_MAX || needed > CHANNEL_QUEUE_MAX - channel_queued(channel))
        return LIMIT;
    if (fd >= 0 && channel->fds_count == QUEUED_FDS)
        return LIMIT;
    if (fd >= 0) {
        if (channel->fds == NULL)
            channel->fds = calloc(QUEUED_FDS, sizeof *channel->fds);
        REQUIRE(channel->fds != NULL);
        size_t last = (channel->fds_from + channel->fds_count++) % QUEUED_FDS;
        channel->fds[last] = (struct queued_fd){channel->queued, fd};
    }
    buf_add(&channel->out, (struct str){(const char *)&header, sizeof header});
    buf_add(&channel->out, payload);
    REQUIRE(!channel->out.is_over);
    channel->queued += needed;
    loop_later_add(channel->loop, &channel->flush);
    return OK;
}

enum status channel_send(struct channel *channel, uint16_t type, struct str payload, int fd)
{
    struct header header = {.length = (uint32_t)payload.len, .type = type, .flags = fd >= 0 ? FLAG_FD : 0};
    enum status status = queue_frame(channel, header, payload, fd);
    if (status != OK && fd >= 0)
        close(fd);
    return status;
}

size_t channel_queued(const struct channel *channel)
{
    return (size_t)(channel->queued - channel->sent);
}

bool channel_is_behind(const struct channel *channel)
{
    return channel_queued(channel) > CHANNEL_BEHIND || channel->fds_count > CHANNEL_BEHIND_FDS;
}

/* ---- receiving ---- */

/* Adds what came to channel->received; false: the peer sent more than any frame can take. */
static bool take_descriptors(struct channel *channel, struct msghdr *message)
{
    bool fits = (message->msg_flags & MSG_CTRUNC) == 0;
    for (struct cmsghdr *at = CMSG_FIRSTHDR(message); at != NULL; at = CMSG_NXTHDR(message, at)) {
        if (at->cmsg_level != SOL_SOCKET || at->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (at->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(at) + i * sizeof fd, sizeof fd);
            if (channel->received_count < RECEIVED_FDS) {
                channel->received[channel->received_count++] = fd;
            } else {
                close(fd);
                fits = false;
            }
        }
    }
    return fits;
}

static ssize_t receive(struct channel *channel, size_t size)
{
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int) * BATCH_FDS)];
    } control;
    struct iovec bytes = {buf_reserve(&channel->in, size), size};
    struct msghdr message = {.msg_iov = &bytes,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    REQUIRE(bytes.iov_base != NULL);
    ssize_t count = recvmsg(channel->socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    if (count < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : -1;
    if (count == 0 || !take_descriptors(channel, &message))
        return -1;
    buf_grew(&channel->in, (size_t)count);
    return count;
}

/* INVALID: no frame of ours begins like this. BUSY: not all there yet. */
static enum status next_frame(const struct channel *channel, size_t from, struct header *ret_header)
{
    struct header header;
    if (channel->in.len - from < sizeof header)
        return BUSY;
    memcpy(&header, channel->in.at + from, sizeof header);
    if (header.length > CHANNEL_FRAME_MAX || (header.flags & ~FLAG_FD) != 0)
        return INVALID;
    *ret_header = header;
    return channel->in.len - from - sizeof header < header.length ? BUSY : OK;
}

/* false: the frame promised a descriptor and none came. */
static bool deliver(struct channel *channel, struct header header, const char *at)
{
    int fd = -1;
    if (header.flags & FLAG_FD) {
        if (channel->received_count == 0)
            return false;
        fd = channel->received[0];
        memmove(channel->received, channel->received + 1, --channel->received_count * sizeof(int));
    }
    channel->is_in_callback = true;
    channel->on_frame(channel->with, header.type, (struct str){at, header.length}, fd);
    channel->is_in_callback = false;
    return true;
}

void channel_pause(struct channel *channel)
{
    if (channel->is_closed || channel->is_paused)
        return;
    channel->is_paused = true;
    loop_next_add(channel->loop, &channel->again);
}

/* Delivers every whole frame, up to a pause; false: a malformed one. */
static bool deliver_all(struct channel *channel)
{
    size_t from = 0;
    struct header header;
    enum status status = OK;
    while (!channel->is_closed && !channel->is_paused && (status = next_frame(channel, from, &header)) == OK) {
        if (!deliver(channel, header, channel->in.at + from + sizeof header))
            return false;
        from += sizeof header + header.length;
    }
    buf_consume(&channel->in, from);
    return status != INVALID;
}

/* Takes what a pause has left, then reads until the kernel has no more, until this turn's share is taken, or until a
 * pause. */
static bool receive_turn(struct channel *channel)
{
    if (!deliver_all(channel))
        return false;
    for (size_t taken = 0; taken < READ_TURN && !channel->is_closed && !channel->is_paused;) {
        struct header header = {0};
        size_t wanted = READ_STEP;
        if (next_frame(channel, 0, &header) == BUSY && header.length > READ_STEP)
            wanted = sizeof header + header.length - channel->in.len;
        ssize_t count = receive(channel, wanted);
        if (count <= 0)
            return count == 0;
        taken += (size_t)count;
        if (!deliver_all(channel))
            return false;
    }
    return true;
}

static void on_event(void *with, unsigned events)
{
    struct channel *channel = with;
    bool is_well = true;
    if ((events & LOOP_CLOSED) && waits_for_room(channel))
        events |= LOOP_WRITE; /* none will come: to write is to find out */
    if (!channel->is_paused && (events & (LOOP_READ | LOOP_CLOSED)))
        is_well = receive_turn(channel);
    if (!is_well)
        fail_closed(channel);
    if (channel->is_closed) {
        release_if_destroyed(channel);
        return;
    }
    if (channel->in.len == 0 && channel->in.room > KEPT_ROOM)
        buf_release(&channel->in);
    if (events & LOOP_WRITE)
        on_room(channel);
}

static void on_again(void *with)
{
    struct channel *channel = with;
    if (channel->is_blocked && channel_is_behind(channel)) {
        watch(channel, channel->wants_write); /* on_room goes on */
        return;
    }
    channel->is_paused = false;
    watch(channel, channel->wants_write);
    on_event(channel, LOOP_READ);
}

enum status channel_create(struct loop *loop, int socket, channel_on_frame *on_frame,
                           channel_on_close *on_close, void *with, struct channel **ret_channel)
{
    int flags = fcntl(socket, F_GETFL);
    if (flags < 0 || fcntl(socket, F_SETFL, flags | O_NONBLOCK) != 0)
        return OUTSIDE;
    struct channel *channel = calloc(1, sizeof *channel);
    REQUIRE(channel != NULL);
    *channel = (struct channel){
        .loop = loop,
        .on_frame = on_frame,
        .on_close = on_close,
        .with = with,
        .socket = socket,
        .flush = {.on_time = on_flush, .with = channel},
        .again = {.on_time = on_again, .with = channel},
        /* Twice the queue: what was sent is moved out of the way only when it is the greater half. */
        .out = BUF_INIT(2 * (size_t)CHANNEL_QUEUE_MAX + 1),
        .in = BUF_INIT(CHANNEL_FRAME_MAX + sizeof(struct header) + READ_STEP),
    };
    enum status status = loop_watch_add(loop, socket, LOOP_READ, on_event, channel, &channel->watch);
    if (status != OK) {
        free(channel);
        return status;
    }
    channel->retry = loop_timer_create(loop, on_room, channel);
    *ret_channel = channel;
    return OK;
}

enum status channel_pair(int ret_sockets[2])
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0)
        return OUTSIDE;
    ret_sockets[0] = pair[0];
    ret_sockets[1] = pair[1];
    return OK;
}
