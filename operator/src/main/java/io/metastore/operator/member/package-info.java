/// The only client of members: who belongs to a cluster, how each of them is, and changes of that.
/// gRPC stays in here.
@NullMarked
package io.metastore.operator.member;

import org.jspecify.annotations.NullMarked;
