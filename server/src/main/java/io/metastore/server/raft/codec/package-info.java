/// The bytes of log entries. What is written here is read by later releases: fields are added, never changed.
@NullMarked
package io.metastore.server.raft.codec;

import org.jspecify.annotations.NullMarked;
