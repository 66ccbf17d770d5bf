/// What this member asks of DNS before it belongs to a cluster: addresses of hosts, and the records of a domain that
/// name the founders. It goes by the system's settings for names.
@NullMarked
package io.metastore.server.dns;

import org.jspecify.annotations.NullMarked;
