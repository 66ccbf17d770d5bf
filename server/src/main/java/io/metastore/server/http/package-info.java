/// HTTP/1.1 on Netty's event loops: connections, whole requests and their answers. It knows nothing of what is asked
/// for.
@NullMarked
package io.metastore.server.http;

import org.jspecify.annotations.NullMarked;
