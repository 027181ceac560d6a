;; How many bits rows of signs differ in from a query. JavaScript takes a dozen steps to count the bits of four bytes, an
;; instruction counts those of eight. `node scripts/compile-kernel.ts` makes hamming-kernel.ts of this.
(module
  (import "signs" "memory" (memory 1))
  ;; Writes the distance of each of `count` rows, at least one, of `width` bytes from `row` on as an u16 to `out`, and counts it
  ;; in the i32 of that distance from `histogram` on; 65,535 for a row whose byte from `eligible` on is 0.
  ;; `width` is a multiple of 16, at least 32 and at most 8,176; the query is as wide. All are addresses in bytes.
  (func (export "distances")
    (param $row i32) (param $count i32) (param $width i32) (param $query i32)
    (param $eligible i32) (param $histogram i32) (param $out i32)
    (local $query0 i64)
    (local $query1 i64)
    (local $query2 i64)
    (local $query3 i64)
    (local $bits i64)
    (local $at i32)
    (local $distance i32)
    ;; 256 dimensions are most of what is compared: of the query so much stays in registers.
    (local.set $query0 (i64.load (local.get $query)))
    (local.set $query1 (i64.load offset=8 (local.get $query)))
    (local.set $query2 (i64.load offset=16 (local.get $query)))
    (local.set $query3 (i64.load offset=24 (local.get $query)))
    (loop $rows
      (local.set $bits
        (i64.add
          (i64.add
            (i64.popcnt (i64.xor (local.get $query0) (i64.load (local.get $row))))
            (i64.popcnt (i64.xor (local.get $query1) (i64.load offset=8 (local.get $row)))))
          (i64.add
            (i64.popcnt (i64.xor (local.get $query2) (i64.load offset=16 (local.get $row))))
            (i64.popcnt (i64.xor (local.get $query3) (i64.load offset=24 (local.get $row)))))))
      (local.set $at (i32.const 32))
      (block $done
        (loop $parts
          (br_if $done (i32.ge_u (local.get $at) (local.get $width)))
          (local.set $bits
            (i64.add
              (local.get $bits)
              (i64.add
                (i64.popcnt
                  (i64.xor
                    (i64.load (i32.add (local.get $query) (local.get $at)))
                    (i64.load (i32.add (local.get $row) (local.get $at)))))
                (i64.popcnt
                  (i64.xor
                    (i64.load offset=8 (i32.add (local.get $query) (local.get $at)))
                    (i64.load offset=8 (i32.add (local.get $row) (local.get $at))))))))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br $parts)))
      (local.set $distance (i32.wrap_i64 (local.get $bits)))
      (if (i32.load8_u (local.get $eligible))
        (then
          (local.set $at (i32.add (local.get $histogram) (i32.shl (local.get $distance) (i32.const 2))))
          (i32.store (local.get $at) (i32.add (i32.load (local.get $at)) (i32.const 1))))
        (else (local.set $distance (i32.const 65535))))
      (i32.store16 (local.get $out) (local.get $distance))
      (local.set $eligible (i32.add (local.get $eligible) (i32.const 1)))
      (local.set $row (i32.add (local.get $row) (local.get $width)))
      (local.set $out (i32.add (local.get $out) (i32.const 2)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $rows (local.get $count)))))
