/* A BFCP peer over UDP on Debian's libre: `bfcp server LOCAL` and `bfcp client LOCAL REMOTE`, addresses as a.b.c.d:port.
 * Conference 4321; the client is user 1, floor 1. Each line that it prints is one message that came, or what libre made of it.
 * The server puts a request off as Pending and grants it with a notice of its own; the client asks, waits for the grant, gives back and
 * says Goodbye. Its end is 0 where all that it waited for came. */
#include <re/re.h>
#include <stdio.h>
#include <string.h>

enum { CONFERENCE = 4321, USER = 1, PATIENCE_MS = 15000, GRANT_MS = 300 };

static struct bfcp_conn *conn;
static struct sa peer;
static struct tmr grant, patience;
static uint16_t floor_id = 1, request_id = 7;
static int outcome = 1;

static void told(const struct bfcp_msg *msg)
{
	const struct bfcp_attr *info = bfcp_msg_attr(msg, BFCP_FLOOR_REQ_INFO);
	const struct bfcp_attr *all = info ? bfcp_attr_subattr(info, BFCP_OVERALL_REQ_STATUS) : NULL;
	const struct bfcp_attr *status = all ? bfcp_attr_subattr(all, BFCP_REQUEST_STATUS) : NULL;
	const struct bfcp_attr *code = bfcp_msg_attr(msg, BFCP_ERROR_CODE);
	printf("%s", bfcp_prim_name(msg->prim));
	if (info)
		printf(" %u", info->v.floorreqid);
	if (status)
		printf(" %s", bfcp_reqstatus_name(status->v.reqstatus.status));
	if (code)
		printf(" %s", bfcp_errcode_name(code->v.errcode.code));
	printf("\n");
	fflush(stdout);
}

static enum bfcp_reqstat status_of(const struct bfcp_msg *msg)
{
	const struct bfcp_attr *info = bfcp_msg_attr(msg, BFCP_FLOOR_REQ_INFO);
	const struct bfcp_attr *all = info ? bfcp_attr_subattr(info, BFCP_OVERALL_REQ_STATUS) : NULL;
	const struct bfcp_attr *status = all ? bfcp_attr_subattr(all, BFCP_REQUEST_STATUS) : NULL;
	if (info)
		request_id = info->v.floorreqid;
	return status ? status->v.reqstatus.status : 0;
}

static void give_up(void *arg)
{
	(void)arg;
	printf("nothing more came\n");
	re_cancel();
}

/* The server. */

#define REQUEST_INFORMATION(status) \
	1, BFCP_FLOOR_REQ_INFO, 2, &request_id, \
	BFCP_OVERALL_REQ_STATUS, 1, &request_id, BFCP_REQUEST_STATUS, 0, &(status), \
	BFCP_FLOOR_REQ_STATUS, 1, &floor_id, BFCP_REQUEST_STATUS, 0, &(status)

static void on_grant(void *arg)
{
	struct bfcp_reqstatus granted = { BFCP_GRANTED, 0 };
	(void)arg;
	bfcp_notify(conn, &peer, BFCP_VER2, BFCP_FLOOR_REQUEST_STATUS, CONFERENCE, USER, REQUEST_INFORMATION(granted));
}

static void on_server(const struct bfcp_msg *msg, void *arg)
{
	struct bfcp_reqstatus pending = { BFCP_PENDING, 0 }, released = { BFCP_RELEASED, 0 };
	enum bfcp_prim prims[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17 };
	enum bfcp_attrib attrs[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 };
	struct bfcp_supprim supported_prims = { prims, 17 };
	struct bfcp_supattr supported_attrs = { attrs, 18 };
	uint16_t user = USER;
	(void)arg;
	told(msg);
	peer = msg->src;
	switch (msg->prim) {
	case BFCP_HELLO:
		bfcp_reply(conn, msg, BFCP_HELLO_ACK, 2, BFCP_SUPPORTED_PRIMS, 0, &supported_prims, BFCP_SUPPORTED_ATTRS, 0, &supported_attrs);
		break;
	case BFCP_FLOOR_REQUEST:
		bfcp_reply(conn, msg, BFCP_FLOOR_REQUEST_STATUS, REQUEST_INFORMATION(pending));
		tmr_start(&grant, GRANT_MS, on_grant, NULL);
		break;
	case BFCP_FLOOR_RELEASE:
		bfcp_reply(conn, msg, BFCP_FLOOR_REQUEST_STATUS, REQUEST_INFORMATION(released));
		break;
	case BFCP_FLOOR_QUERY:
		bfcp_reply(conn, msg, BFCP_FLOOR_STATUS, 1, BFCP_FLOOR_ID, 0, &floor_id);
		break;
	case BFCP_USER_QUERY:
		bfcp_reply(conn, msg, BFCP_USER_STATUS, 1, BFCP_BENEFICIARY_INFO, 1, &user, BFCP_USER_DISP_NAME, 0, "re");
		break;
	case BFCP_GOODBYE:
		bfcp_reply(conn, msg, BFCP_GOODBYE_ACK, 0);
		outcome = 0;
		tmr_start(&patience, GRANT_MS, give_up, NULL);
		break;
	default:
		bfcp_ereply(conn, msg, BFCP_UNKNOWN_PRIM);
	}
}

/* The client. */

static void ask(enum bfcp_prim prim, unsigned count, enum bfcp_attrib type, uint16_t *value);

static void on_status(enum bfcp_reqstat status)
{
	if (status == BFCP_GRANTED)
		ask(BFCP_FLOOR_RELEASE, 1, BFCP_FLOOR_REQUEST_ID, &request_id);
	if (status == BFCP_RELEASED)
		ask(BFCP_GOODBYE, 0, 0, NULL);
}

static void on_answer(int err, const struct bfcp_msg *msg, void *arg)
{
	(void)arg;
	if (err || !msg) {
		printf("failed: %s\n", strerror(err));
		re_cancel();
		return;
	}
	told(msg);
	switch (msg->prim) {
	case BFCP_HELLO_ACK:
		ask(BFCP_USER_QUERY, 0, 0, NULL);
		break;
	case BFCP_USER_STATUS:
		ask(BFCP_FLOOR_QUERY, 1, BFCP_FLOOR_ID, &floor_id);
		break;
	case BFCP_FLOOR_STATUS:
		ask(BFCP_FLOOR_REQUEST, 1, BFCP_FLOOR_ID, &floor_id);
		break;
	case BFCP_FLOOR_REQUEST_STATUS:
		on_status(status_of(msg));
		break;
	case BFCP_GOODBYE_ACK:
		outcome = 0;
		re_cancel();
		break;
	default:
		re_cancel();
	}
}

static void ask(enum bfcp_prim prim, unsigned count, enum bfcp_attrib type, uint16_t *value)
{
	int err = count ? bfcp_request(conn, &peer, BFCP_VER2, prim, CONFERENCE, USER, on_answer, NULL, 1, type, 0, value)
			: bfcp_request(conn, &peer, BFCP_VER2, prim, CONFERENCE, USER, on_answer, NULL, 0);
	if (err)
		re_cancel();
}

static void on_client(const struct bfcp_msg *msg, void *arg)
{
	(void)arg;
	told(msg);
	if (msg->prim == BFCP_FLOOR_STATUS)
		bfcp_reply(conn, msg, BFCP_FLOOR_STATUS_ACK, 0);
	if (msg->prim == BFCP_FLOOR_REQUEST_STATUS) {
		bfcp_reply(conn, msg, BFCP_FLOOR_REQ_STATUS_ACK, 0);
		on_status(status_of(msg));
	}
}

int main(int argc, char **argv)
{
	bool server = argc == 3 && !strcmp(argv[1], "server"), client = argc == 4 && !strcmp(argv[1], "client");
	struct sa local;
	if ((!server && !client) || sa_decode(&local, argv[2], strlen(argv[2])) || (client && sa_decode(&peer, argv[3], strlen(argv[3])))) {
		fprintf(stderr, "bfcp server LOCAL | bfcp client LOCAL REMOTE\n");
		return 2;
	}
	if (libre_init() || bfcp_listen(&conn, BFCP_UDP, &local, NULL, server ? on_server : on_client, NULL))
		return 1;
	tmr_start(&patience, PATIENCE_MS, give_up, NULL);
	if (client)
		ask(BFCP_HELLO, 0, 0, NULL);
	re_main(NULL);
	tmr_cancel(&patience);
	tmr_cancel(&grant);
	mem_deref(conn);
	libre_close();
	return outcome;
}
