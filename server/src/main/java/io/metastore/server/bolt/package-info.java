/// Files in the format of bbolt, which etcd keeps its state in: written in one stream from sorted rows, and
/// read page by page. Everything that is read is checked; a damaged file is refused with the page and the
/// reason.
@NullMarked
package io.metastore.server.bolt;

import org.jspecify.annotations.NullMarked;
