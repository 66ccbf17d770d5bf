/// The REST API: one key is one path, its value the raw body. What a request asks for is parsed here once; all else is
/// the node's.
@NullMarked
package io.metastore.server.rest;

import org.jspecify.annotations.NullMarked;
