# מי מחליט.
policy-everything = בעלים ומנהלים מאשרים הכול.
policy-otherwise = כל השאר: בעלים ומנהלים.
policy-any = הכול
policy-two = נדרש אישור של שני אנשים שונים:
policy-own = מי שביקש משהו רשאי גם לאשר אותו.
policy-not-own = אף אחד לא רשאי לאשר את מה שביקש בעצמו.
policy-at-once = מה שבסיכון נמוך מתבצע מיד.
policy-buffer = בין שני מושבים האולם נשאר ריק { $count ->
    [one] דקה אחת.
    [two] שתי דקות.
   *[other] { $count } דקות.
}
role-owner = בעלים
role-manager = מנהלים
stands-in = ‏{ $delegate } במקום { $absent }, עד { $until }.
