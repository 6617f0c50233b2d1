/* A channel carries framed messages, and at most one descriptor with each, between two roles over a
 * Unix stream socket.
 *
 * Why: roles share no memory and never wait for one another. A frame is {u32 length, u16 type, u16
 * flags} in host order and then length bytes; frames queued in one turn of the loop leave in one write. The
 * queue has a maximum: a peer that stops reading makes channel_send answer LIMIT, never grow memory.
 * Owns its socket and the descriptors still queued. The peer is another parvis process, and is still not
 * believed: a malformed frame closes the channel. */
#ifndef OS_CHANNEL_H
#define OS_CHANNEL_H

#include "base/str.h"
#include "os/loop.h"

struct channel;

enum {
    CHANNEL_FRAME_MAX = 1 << 20,
    CHANNEL_QUEUE_MAX = 64 << 20,
    /* From here on the peer is behind: several writes' worth wait, and what waits holds memory. */
    CHANNEL_BEHIND = 8 << 20,
    CHANNEL_BEHIND_FDS = 64,
};

/* payload is valid during the call only, and aligned for nothing: copied before it is read as a struct. fd is -1 or
 * is the callee's from now on. */
typedef void channel_on_frame(void *with, uint16_t type, struct str payload, int fd);
typedef void channel_on_close(void *with);

/* Takes over `socket` (made non-blocking); OUTSIDE: it stays the caller's. on_close comes at most once;
 * the owner then destroys the channel, in the callback if it likes. */
MUST_USE enum status channel_create(struct loop *loop, int socket, channel_on_frame *on_frame,
                                    channel_on_close *on_close, void *with, struct channel **ret_channel);
void channel_destroy(struct channel *channel); /* NULL accepted; does not call on_close */

/* Queues one frame; `fd` (or -1) is duplicated by the kernel when sent and closed here either way.
 * LIMIT: payload above CHANNEL_FRAME_MAX or queue full (1,024 descriptors fill it too); GONE: the
 * peer closed. */
MUST_USE enum status channel_send(struct channel *channel, uint16_t type, struct str payload, int fd);

/* Called from on_frame: no frame more in this turn of the loop. What has come, and what the kernel holds, stays; it
 * goes on by itself in the next turn, after the other events, or, where the peer is behind, once it has taken some. */
void channel_pause(struct channel *channel);
/* Has the peer much to take before more is made for it? Two peers that pause for this would wait for one another: one
 * of them must always read. */
bool channel_is_behind(const struct channel *channel);

size_t channel_queued(const struct channel *channel);

/* A connected pair for a parent to hand out. */
MUST_USE enum status channel_pair(int ret_sockets[2]);

#endif
