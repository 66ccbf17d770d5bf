/// Members that come and go, as processes, as an operator sees them.
@NullMarked
package io.metastore.server.member;

import org.jspecify.annotations.NullMarked;
