"""Writes a random history in the language of record.py to standard output.

Usage: python3 generate.py SEED LINES

There are at most ten keys: with more than twelve rows etcd's sort is not stable, and the order of rows that are equal
in what is sorted by would be a matter of its sorting algorithm.
"""
import random
import sys

SEED, LINES = int(sys.argv[1]), int(sys.argv[2])
choose = random.Random(SEED)
KEYS = ['%00', '%00%00', '%00%01', 'a', 'a%00', 'a%00%01', 'a%01', 'ab', 'b', '%FF']
ENDS = KEYS + ['%00', 'c', '%FF%FF']
ORDERS = ['NONE', 'ASCEND', 'DESCEND']
TARGETS = ['KEY', 'VERSION', 'CREATE', 'MOD', 'VALUE']
RELATIONS = ['EQUAL', 'NOT_EQUAL', 'GREATER', 'LESS']

revision, compacted = 1, -1
present = {}  # key -> lease


def maybe(chance, text):
    return [text] if choose.random() < chance else []


def some_revision():
    return choose.randint(max(compacted - 2, 0), revision + 1)


def keys(chance_of_end=0.7):
    return ['k=' + choose.choice(KEYS)] + maybe(chance_of_end, 'end=' + choose.choice(ENDS))


def inside(key, words):
    end = dict(word.split('=') for word in words).get('end')
    start = words[0][2:]
    if end is None:
        return key == start
    return start_bytes(start) <= start_bytes(key) and (end == '%00' or start_bytes(key) < start_bytes(end))


def start_bytes(text):
    out, rest = b'', text
    while rest:
        if rest[0] == '%':
            out, rest = out + bytes([int(rest[1:3], 16)]), rest[3:]
        else:
            out, rest = out + rest[0].encode(), rest[1:]
    return out


def range_words():
    words = keys(0.85)
    words += maybe(0.5, 'limit=%d' % choose.choice([-1, 0, 1, 2, 3, 5, 20, 2**63 - 1]))
    words += maybe(0.5, 'rev=%d' % some_revision())
    words += maybe(0.5, 'order=' + choose.choice(ORDERS)) + maybe(0.5, 'target=' + choose.choice(TARGETS))
    words += maybe(0.2, 'keys') + maybe(0.1, 'count')
    for bound in ('minmod', 'maxmod', 'mincreate', 'maxcreate'):
        words += maybe(0.1, '%s=%d' % (bound, some_revision()))
    return words


def put_words(key):
    lease = choose.choice([0, 0, 0, 7, 9])
    present[key] = lease
    return ['k=' + key, 'v=' + choose.choice(['', '1', '2', 'x', '%00', 'a-longer-value'])] + (
        ['lease=%d' % lease] if lease else [])


def delete_words():
    words = keys(0.3)
    gone = [key for key in present if inside(key, words)]
    for key in gone:
        del present[key]
    return words, len(gone)


def txn_words():
    global revision
    steps, touched, changed = [], set(), False
    for _ in range(choose.randint(1, 4)):
        kind = choose.choice(['put', 'delete', 'range'])
        if kind == 'put':
            key = choose.choice(KEYS)
            if key in touched:
                continue
            touched.add(key)
            steps.append(['put'] + put_words(key))
            changed = True
        elif kind == 'delete':
            words, gone = ['k=' + choose.choice(KEYS)], 0
            if words[0][2:] in touched:
                continue
            touched.add(words[0][2:])
            if words[0][2:] in present:
                del present[words[0][2:]]
                changed = True
            steps.append(['delete'] + words)
        else:
            words = [word for word in range_words() if not word.startswith('rev=')]
            steps.append(['range'] + words + maybe(0.3, 'rev=%d' % choose.randint(max(compacted, 1), revision)))
    revision += changed
    return ' ; '.join(' '.join(step) for step in steps)


def line():
    global revision, compacted
    kind = choose.choices(['put', 'delete', 'txn', 'range', 'compare', 'hash', 'compact', 'revoke'],
                          [20, 6, 10, 40, 12, 8, 2, 1])[0]
    if kind == 'put':
        revision += 1
        return 'put ' + ' '.join(put_words(choose.choice(KEYS)))
    if kind == 'delete':
        words, gone = delete_words()
        revision += gone > 0
        return 'delete ' + ' '.join(words)
    if kind == 'txn':
        words = txn_words()
        return 'txn ' + words if words else line()
    if kind == 'range':
        return 'range ' + ' '.join(range_words())
    if kind == 'compare':
        target = choose.choice(['VERSION', 'CREATE', 'MOD', 'VALUE', 'LEASE'])
        to = {'VALUE': lambda: choose.choice(['', '1', '2', 'x']), 'LEASE': lambda: choose.choice([0, 7, 9]),
              'VERSION': lambda: choose.randint(0, 3)}.get(target, some_revision)()
        return 'compare %s target=%s rel=%s to=%s' % (' '.join(keys(0.5)), target, choose.choice(RELATIONS), to)
    if kind == 'hash':
        return 'hash rev=%d' % some_revision()
    if kind == 'compact':
        to = some_revision()
        if compacted < to <= revision:
            compacted = to
        return 'compact rev=%d' % to
    lease = choose.choice([7, 9])
    tied = sorted((key for key in present if present[key] == lease), key=start_bytes)
    for key in tied:
        del present[key]
    revision += bool(tied)
    return 'revoke id=%d keys=%s\nlease id=%d' % (lease, ','.join(tied), lease)


print('# python3 generate.py %d %d' % (SEED, LINES))
print('lease id=7\nlease id=9')
for _ in range(LINES):
    print(line())
for at in range(max(compacted, 0), revision + 1):
    print('hash rev=%d' % at)
