package io.metastore.operator.spec;

/// What the Pods of one kind of member are made of.
///
/// @param hash of all that a user can see in the spec and that a running Pod cannot take over: a Pod
///     with another one is outdated. What an operator of another release adds by itself is not in it,
///     so that its upgrade restarts nobody.
/// @param image whole name
public record Build(String hash, String image) {}
