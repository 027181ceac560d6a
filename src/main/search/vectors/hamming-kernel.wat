;; How many bits rows of signs differ in from a query. 16 bytes at a time, which JavaScript cannot do: a population count of four
;; bytes takes it a dozen steps. `node scripts/compile-kernel.ts` makes hamming-kernel.ts of this.
(module
  (import "signs" "memory" (memory 1))
  ;; Writes the distance of each of `count` rows, at least one, of `width` bytes from `row` on as an u16 to `out`.
  ;; `width` is a multiple of 16 and at most 8,192; the query is as wide. All are addresses in bytes.
  (func (export "distances")
    (param $row i32) (param $count i32) (param $width i32) (param $query i32) (param $out i32)
    (local $sums v128)
    (local $at i32)
    (loop $rows
      (local.set $sums (v128.const i32x4 0 0 0 0))
      (local.set $at (i32.const 0))
      (loop $parts
        (local.set $sums
          (i16x8.add
            (local.get $sums)
            (i16x8.extadd_pairwise_i8x16_u
              (i8x16.popcnt
                (v128.xor
                  (v128.load (i32.add (local.get $row) (local.get $at)))
                  (v128.load (i32.add (local.get $query) (local.get $at))))))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $parts (i32.lt_u (local.get $at) (local.get $width))))
      (local.set $sums (i32x4.extadd_pairwise_i16x8_u (local.get $sums)))
      (i32.store16
        (local.get $out)
        (i32.add
          (i32.add (i32x4.extract_lane 0 (local.get $sums)) (i32x4.extract_lane 1 (local.get $sums)))
          (i32.add (i32x4.extract_lane 2 (local.get $sums)) (i32x4.extract_lane 3 (local.get $sums)))))
      (local.set $row (i32.add (local.get $row) (local.get $width)))
      (local.set $out (i32.add (local.get $out) (i32.const 2)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $rows (local.get $count)))))
