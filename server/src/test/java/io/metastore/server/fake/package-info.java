/// What tests put in the place of large interfaces of libraries.
@NullMarked
package io.metastore.server.fake;

import org.jspecify.annotations.NullMarked;
