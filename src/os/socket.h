/* A socket is an end of a connection: listened for, accepted, connected; never blocking, closed on exec. */
#ifndef OS_SOCKET_H
#define OS_SOCKET_H

#include "base/str.h"

enum { SOCKET_BACKLOG = 4096, SOCKET_ADDRESS_MAX = 64 };

/* "127.0.0.1:2525", "[::1]:2525", "*:25" (all addresses). CONFLICT: somebody listens there; INVALID: no address;
 * DENIED: a port below 1024 without the right. */
MUST_USE enum status socket_listen(struct str address, int *ret_fd);
/* A stream socket in the file system, mode 0600; one left by a crashed run is replaced. */
MUST_USE enum status socket_listen_path(const char *path, int *ret_fd);
MUST_USE enum status socket_connect_path(const char *path, int *ret_fd);

/* BUSY: nobody waits. The peer's address without port goes to `address` (SOCKET_ADDRESS_MAX bytes). */
MUST_USE enum status socket_accept(int listener, char *address, int *ret_fd);

/* Bytes moved, at least 1. BUSY: would block; GONE: the peer closed or reset. */
MUST_USE enum status socket_read(int fd, void *into, size_t size, size_t *ret_got);
MUST_USE enum status socket_write(int fd, struct str bytes, size_t *ret_written);

/* Nothing more is written; the peer reads the end, and what it still sends can be read. */
void socket_end_writing(int fd);

/* What stands for the client of an address in text: an IPv4 address, or the network (the first 64 bits) of an IPv6 one,
 * since a client is given all of it. 0: no address. */
uint64_t socket_network(const char *address);
/* The same as text: "2001:db8:0:1::/64", or the address as it is. Points into it or into `room`. */
enum { SOCKET_NETWORK_MAX = 32 };
struct str socket_network_text(struct str address, char room[SOCKET_NETWORK_MAX]);

/* True for 127.0.0.0/8 and ::1. */
bool socket_is_loopback(struct str address);

#endif
