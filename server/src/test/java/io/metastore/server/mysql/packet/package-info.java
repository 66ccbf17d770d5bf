/// Tests of frames and fields. No server is needed for them.
@NullMarked
package io.metastore.server.mysql.packet;

import org.jspecify.annotations.NullMarked;
