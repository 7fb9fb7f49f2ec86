# כרטיסים של תגים.
card-badge-create = תג חדש: { $name }
card-badge-remove = הסרת התג: { $name }
badges-gone = כבר אי אפשר להדפיס או להסיר את התג הזה. אפשר לשאול אילו תגים יש.
conflict-badge-known = כבר יש תג עבור { $name }.

kind-of-action-badge-create = תגים חדשים
kind-of-action-badge-remove = הסרת תגים
kind-of-conflict-badge-known = תג שני באותו שם
