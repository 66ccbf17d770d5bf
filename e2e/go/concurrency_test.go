// Package e2e drives a cluster of three with the official Go client and its concurrency package, over the death of
// the leader.
package e2e

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
)

const limit = 60 * time.Second

func newContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return ctx
}

func newSession(t *testing.T, client *clientv3.Client, options ...concurrency.SessionOption) *concurrency.Session {
	t.Helper()
	session, err := concurrency.NewSession(client, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestASessionLivesOnOverTheLeadersDeathAndTakesItsKeysAlongWhenItIsClosed(t *testing.T) {
	ctx, client := newContext(t), newClient(t, 0)
	session := newSession(t, client, concurrency.WithTTL(5))
	key := t.Name()
	_, err := client.Put(ctx, key, "there", clientv3.WithLease(session.Lease()))
	must(t, err)

	killLeader(t)
	select {
	case <-session.Done():
		t.Fatal("the session ended")
	case <-time.After(7 * time.Second): // more than its TTL
	}
	found, err := client.Get(ctx, key)
	must(t, err)
	if len(found.Kvs) != 1 {
		t.Fatal("the key of a live session is gone")
	}

	must(t, session.Close())
	found, err = client.Get(ctx, key)
	must(t, err)
	if len(found.Kvs) != 0 {
		t.Fatal("the key outlived its session")
	}
}

// Each holder of the lock reads the counter and writes it back, a bit later and one higher: any two at a time would
// lose a step.
func TestAMutexIsHeldByOneAtATimeOnAllMembers(t *testing.T) {
	const holders, rounds = 6, 10
	ctx := newContext(t)
	counter := t.Name() + "/counter"
	var work sync.WaitGroup
	for holder := range holders {
		client := newClient(t, holder)
		session := newSession(t, client)
		work.Go(func() {
			mutex := concurrency.NewMutex(session, t.Name()+"/lock")
			for range rounds {
				if err := mutex.Lock(ctx); err != nil {
					t.Error(err)
					return
				}
				if err := addOne(ctx, client, counter); err != nil {
					t.Error(err)
				}
				if err := mutex.Unlock(ctx); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	found, err := newClient(t, 0).Get(ctx, counter)
	must(t, err)
	if got := string(found.Kvs[0].Value); got != strconv.Itoa(holders*rounds) {
		t.Fatalf("the counter is at %s after %d steps", got, holders*rounds)
	}
}

func addOne(ctx context.Context, client *clientv3.Client, key string) error {
	found, err := client.Get(ctx, key)
	if err != nil {
		return err
	}
	count := 0
	if len(found.Kvs) == 1 {
		if count, err = strconv.Atoi(string(found.Kvs[0].Value)); err != nil {
			return err
		}
	}
	_, err = client.Put(ctx, key, strconv.Itoa(count+1))
	return err
}

func TestATryLockIsRefusedWhileSomebodyHoldsTheMutex(t *testing.T) {
	ctx := newContext(t)
	one := concurrency.NewMutex(newSession(t, newClient(t, 0)), t.Name())
	other := concurrency.NewMutex(newSession(t, newClient(t, 1)), t.Name())
	must(t, one.Lock(ctx))
	if err := other.TryLock(ctx); err != concurrency.ErrLocked {
		t.Fatalf("tried to lock: %v", err)
	}
	must(t, one.Unlock(ctx))
	must(t, other.TryLock(ctx))
}

func TestAnElectionGoesToTheNextCandidateAndEverybodySeesIt(t *testing.T) {
	ctx := newContext(t)
	first := concurrency.NewElection(newSession(t, newClient(t, 0)), t.Name())
	second := concurrency.NewElection(newSession(t, newClient(t, 1)), t.Name())
	seen := concurrency.NewElection(newSession(t, newClient(t, 2)), t.Name()).Observe(ctx)
	must(t, first.Campaign(ctx, "first"))
	expect(t, seen, "first")
	must(t, first.Proclaim(ctx, "first again"))
	expect(t, seen, "first again")

	won := make(chan error, 1)
	go func() { won <- second.Campaign(ctx, "second") }()
	killLeader(t)
	must(t, first.Resign(ctx))
	must(t, <-won)
	expect(t, seen, "second")
	leader, err := first.Leader(ctx)
	must(t, err)
	if got := string(leader.Kvs[0].Value); got != "second" {
		t.Fatalf("%q leads", got)
	}
}

func expect(t *testing.T, seen <-chan *clientv3.GetResponse, wanted string) {
	t.Helper()
	select {
	case leader, open := <-seen:
		if !open || string(leader.Kvs[0].Value) != wanted {
			t.Fatalf("seen %v instead of %q", leader.Kvs, wanted)
		}
	case <-time.After(limit):
		t.Fatalf("%q was not seen", wanted)
	}
}

// Money moves between accounts from all sides, the leader dies, and none is lost or made.
func TestTransactionsInMemoryKeepTheSumOverTheLeadersDeath(t *testing.T) {
	const accounts, movers, rounds, each = 5, 4, 40, 100
	ctx := newContext(t)
	client := newClient(t, 0)
	account := func(i int) string { return fmt.Sprintf("%s/%d", t.Name(), i%accounts) }
	for i := range accounts {
		_, err := client.Put(ctx, account(i), strconv.Itoa(each))
		must(t, err)
	}
	isolations := []concurrency.Isolation{
		concurrency.SerializableSnapshot, concurrency.Serializable, concurrency.RepeatableReads,
		concurrency.SerializableSnapshot,
	}
	var work sync.WaitGroup
	for mover := range movers {
		own := newClient(t, mover)
		work.Go(func() {
			for round := range rounds {
				from, to := account(mover+round), account(mover+round+1+round%3)
				move := func(stm concurrency.STM) error {
					a, _ := strconv.Atoi(stm.Get(from))
					stm.Put(from, strconv.Itoa(a-1))
					b, _ := strconv.Atoi(stm.Get(to))
					stm.Put(to, strconv.Itoa(b+1))
					return nil
				}
				// A commit whose answer was lost may have happened: it keeps the sum all the same.
				_, err := concurrency.NewSTM(own, move, concurrency.WithAbortContext(ctx),
					concurrency.WithIsolation(isolations[mover]))
				if err != nil && ctx.Err() != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	killLeader(t)
	work.Wait()

	found, err := client.Get(ctx, t.Name()+"/", clientv3.WithPrefix())
	must(t, err)
	sum := 0
	for _, kv := range found.Kvs {
		balance, err := strconv.Atoi(string(kv.Value))
		must(t, err)
		sum += balance
	}
	if sum != accounts*each {
		t.Fatalf("%d instead of %d: %v", sum, accounts*each, found.Kvs)
	}
}

func TestAWatchTellsEveryChangeOnceOverTheLeadersDeath(t *testing.T) {
	const changes = 300
	ctx := newContext(t)
	events := newClient(t, 1).Watch(clientv3.WithRequireLeader(ctx), t.Name())
	writer := newClient(t, 0)
	revisions := make(chan int64, changes)
	go func() {
		defer close(revisions)
		for i := 0; i < changes && ctx.Err() == nil; i++ {
			if put, err := writer.Put(ctx, t.Name(), strconv.Itoa(i)); err == nil {
				revisions <- put.Header.Revision
			}
		}
	}()
	killLeader(t)

	seen := map[int64]bool{}
	watcher := newClient(t, 2)
	last := int64(0)
	for acknowledged := range revisions {
		for !seen[acknowledged] {
			answer, open := <-events
			if !open || answer.Err() != nil { // it asked for a leader, and there was none for a while
				events = watcher.Watch(ctx, t.Name(), clientv3.WithRev(last+1))
				continue
			}
			for _, event := range answer.Events {
				if event.Kv.ModRevision <= last {
					t.Fatalf("revision %d came after %d", event.Kv.ModRevision, last)
				}
				last = event.Kv.ModRevision
				seen[last] = true
			}
		}
	}
}
