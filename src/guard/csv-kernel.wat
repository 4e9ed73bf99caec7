;; Finds the whole rows of a CSV file in memory, 64 bytes at a time: src/guard/csv-kernel.ts says what for, and
;; src/guard/csv.ts, which does the same byte by byte, what a row is. Each i64 below holds a bit for each of 64 bytes, the
;; first of them lowest. A row is found only when there is nothing in it that could be read in two ways; the first that is
;; otherwise ends the work, and is left to csv.ts.
(module
  (memory (export "memory") 11)

  ;; $at: the first byte of a row; $to: one after the last byte to look at; at least 64 more have to be there.
  ;; $places: where to write the place of each separator, that is of each comma between cells and of each line end. The word
  ;; before it gets the number of line feeds in the rows found, those inside quotes included.
  ;; Returns the number of rows found; each has $columns separators.
  (func (export "rows") (param $at i32) (param $to i32) (param $columns i32) (param $places i32) (result i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $x v128)
    (local $valid i64) (local $quotes i64) (local $commas i64) (local $ends i64) (local $feeds i64) (local $returns i64)
    ;; Those that spoil their row.
    (local $bad i64)
    (local $separators i64) (local $bit i64)
    ;; Bytes inside quotes, an opening quote included, a closing one not; quotes that close, or are the first of two; and
    ;; what follows those.
    (local $in i64) (local $closing i64) (local $follows i64)
    ;; What the last of the 64 bytes before was, as bit 0; $wasInside as all bits.
    (local $wasInside i64) (local $wasSeparator i64) (local $wasQuote i64) (local $wasClosing i64) (local $wasReturn i64)
    (local $cell i32) (local $rows i32) (local $count i32) (local $lines i64)
    (local.set $count (i32.sub (local.get $places) (i32.const 4)))
    (i32.store (local.get $count) (i32.const 0))
    ;; A row begins where a cell may begin.
    (local.set $wasSeparator (i64.const 1))
    (block $done
      (loop $block
        (br_if $done (i32.ge_u (local.get $at) (local.get $to)))
        (local.set $a (v128.load (local.get $at)))
        (local.set $b (v128.load offset=16 (local.get $at)))
        (local.set $c (v128.load offset=32 (local.get $at)))
        (local.set $d (v128.load offset=48 (local.get $at)))
        (local.set $valid
          (select
            (i64.sub
              (i64.shl (i64.const 1) (i64.extend_i32_u (i32.sub (local.get $to) (local.get $at))))
              (i64.const 1))
            (i64.const -1)
            (i32.lt_u (i32.sub (local.get $to) (local.get $at)) (i32.const 64))))
        ;; quote, comma, line feed, NUL
        (local.set $x (v128.const i8x16 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34 34))
        (local.set $quotes (i64.and (local.get $valid)
          (i64.or
            (i64.or
              (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $x))))
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $x)))) (i64.const 16)))
            (i64.or
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $x)))) (i64.const 32))
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $x)))) (i64.const 48))))))
        (local.set $x (v128.const i8x16 44 44 44 44 44 44 44 44 44 44 44 44 44 44 44 44))
        (local.set $commas (i64.and (local.get $valid)
          (i64.or
            (i64.or
              (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $x))))
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $x)))) (i64.const 16)))
            (i64.or
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $x)))) (i64.const 32))
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $x)))) (i64.const 48))))))
        (local.set $x (v128.const i8x16 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10 10))
        (local.set $feeds (i64.and (local.get $valid)
          (i64.or
            (i64.or
              (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $x))))
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $x)))) (i64.const 16)))
            (i64.or
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $x)))) (i64.const 32))
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $x)))) (i64.const 48))))))
        (local.set $x (v128.const i8x16 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0))
        (local.set $bad (i64.and (local.get $valid)
          (i64.or
            (i64.or
              (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $x))))
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $x)))) (i64.const 16)))
            (i64.or
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $x)))) (i64.const 32))
              (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $x)))) (i64.const 48))))))
        (local.set $ends (local.get $feeds))
        (if
          (i64.eqz
            (i64.or
              (i64.or (local.get $quotes) (local.get $wasInside))
              (i64.or (local.get $wasClosing) (local.get $wasReturn))))
          (then
            (local.set $separators (i64.or (local.get $commas) (local.get $ends)))
            (local.set $wasQuote (i64.const 0)))
          (else
            (local.set $x (v128.const i8x16 13 13 13 13 13 13 13 13 13 13 13 13 13 13 13 13))
            (local.set $returns (i64.and (local.get $valid)
              (i64.or
                (i64.or
                  (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $a) (local.get $x))))
                  (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $b) (local.get $x)))) (i64.const 16)))
                (i64.or
                  (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $c) (local.get $x)))) (i64.const 32))
                  (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $d) (local.get $x)))) (i64.const 48))))))
            ;; Inside is what has an odd number of quotes before and at it.
            (local.set $in (local.get $quotes))
            (local.set $in (i64.xor (local.get $in) (i64.shl (local.get $in) (i64.const 1))))
            (local.set $in (i64.xor (local.get $in) (i64.shl (local.get $in) (i64.const 2))))
            (local.set $in (i64.xor (local.get $in) (i64.shl (local.get $in) (i64.const 4))))
            (local.set $in (i64.xor (local.get $in) (i64.shl (local.get $in) (i64.const 8))))
            (local.set $in (i64.xor (local.get $in) (i64.shl (local.get $in) (i64.const 16))))
            (local.set $in (i64.xor (local.get $in) (i64.shl (local.get $in) (i64.const 32))))
            (local.set $in (i64.xor (local.get $in) (local.get $wasInside)))
            (local.set $wasInside (i64.shr_s (local.get $in) (i64.const 63)))
            (local.set $commas (i64.and (local.get $commas) (i64.xor (local.get $in) (i64.const -1))))
            (local.set $ends (i64.and (local.get $ends) (i64.xor (local.get $in) (i64.const -1))))
            (local.set $separators (i64.or (local.get $commas) (local.get $ends)))
            ;; A quote opens at the start of a cell, or is the second of two: else it is inside a bare cell.
            (local.set $bad
              (i64.or
                (local.get $bad)
                (i64.and
                  (i64.and (local.get $quotes) (local.get $in))
                  (i64.xor
                    (i64.const -1)
                    (i64.or
                      (i64.shl (i64.or (local.get $separators) (local.get $quotes)) (i64.const 1))
                      (i64.or (local.get $wasSeparator) (local.get $wasQuote)))))))
            ;; Behind a quote that closes stands a separator, a second quote, or a carriage return.
            (local.set $closing (i64.and (local.get $quotes) (i64.xor (local.get $in) (i64.const -1))))
            (local.set $follows (i64.or (i64.shl (local.get $closing) (i64.const 1)) (local.get $wasClosing)))
            (local.set $bad
              (i64.or
                (local.get $bad)
                (i64.and
                  (local.get $follows)
                  (i64.xor
                    (i64.const -1)
                    (i64.or (local.get $returns) (i64.or (local.get $separators) (local.get $quotes)))))))
            ;; And behind that carriage return the line feed.
            (local.set $returns (i64.and (local.get $returns) (local.get $follows)))
            (local.set $bad
              (i64.and
                (local.get $valid)
                (i64.or
                  (local.get $bad)
                  (i64.and
                    (i64.or (i64.shl (local.get $returns) (i64.const 1)) (local.get $wasReturn))
                    (i64.xor (i64.const -1) (local.get $ends))))))
            (local.set $wasQuote (i64.shr_u (local.get $quotes) (i64.const 63)))
            (local.set $wasClosing (i64.shr_u (local.get $closing) (i64.const 63)))
            (local.set $wasReturn (i64.shr_u (local.get $returns) (i64.const 63)))))
        (local.set $wasSeparator (i64.shr_u (local.get $separators) (i64.const 63)))
        ;; Nothing from the first bad byte on is looked at.
        (if (i64.ne (local.get $bad) (i64.const 0))
          (then
            (local.set $separators
              (i64.and
                (local.get $separators)
                (i64.sub (i64.and (local.get $bad) (i64.sub (i64.const 0) (local.get $bad))) (i64.const 1))))
            (local.set $to (i32.const 0))))
        (block $next
          (loop $separator
            (br_if $next (i64.eqz (local.get $separators)))
            (local.set $bit (i64.and (local.get $separators) (i64.sub (i64.const 0) (local.get $separators))))
            (i32.store
              (local.get $places)
              (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $bit)))))
            (local.set $places (i32.add (local.get $places) (i32.const 4)))
            (local.set $cell (i32.add (local.get $cell) (i32.const 1)))
            (local.set $separators (i64.xor (local.get $separators) (local.get $bit)))
            ;; The last separator of a row is its line end, and no other is.
            (if (i32.eq (local.get $cell) (local.get $columns))
              (then
                (br_if $done (i64.eqz (i64.and (local.get $ends) (local.get $bit))))
                (local.set $rows (i32.add (local.get $rows) (i32.const 1)))
                (local.set $cell (i32.const 0))
                (i32.store
                  (local.get $count)
                  (i32.wrap_i64
                    (i64.add
                      (local.get $lines)
                      (i64.popcnt
                        (i64.and
                          (local.get $feeds)
                          (i64.sub (i64.shl (local.get $bit) (i64.const 1)) (i64.const 1))))))))
              (else (br_if $done (i64.ne (i64.const 0) (i64.and (local.get $ends) (local.get $bit))))))
            (br $separator)))
        (local.set $lines (i64.add (local.get $lines) (i64.popcnt (local.get $feeds))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $block)))
    (local.get $rows)))
