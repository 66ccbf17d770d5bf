/// Tests of what is counted when something happens in a member.
@NullMarked
package io.metastore.server.metrics.member;

import org.jspecify.annotations.NullMarked;
