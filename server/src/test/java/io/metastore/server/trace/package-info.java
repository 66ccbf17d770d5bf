/// What a collector is told of calls: by etcd 3.7.1, as it was recorded, and by this server.
@NullMarked
package io.metastore.server.trace;

import org.jspecify.annotations.NullMarked;
