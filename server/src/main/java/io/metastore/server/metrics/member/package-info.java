/// What a member's parts tell, put into its metrics: for each small interface by which a part says what happens, the
/// class that counts it. It also looks up what need not be told.
@NullMarked
package io.metastore.server.metrics.member;

import org.jspecify.annotations.NullMarked;
