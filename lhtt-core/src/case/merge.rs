//! Laying given facts over the facts of a base.

use serde_json::Value;

/// Lays `over` on `base`. Objects are merged field by field, `null` takes a field away; lists of objects that carry an `id`
/// are merged by it, new ones are added; everything else is replaced.
pub fn merge(base: &mut Value, over: &Value) {
    match (base, over) {
        (_, Value::Null) => {}
        (Value::Object(base), Value::Object(over)) => {
            for (name, value) in over {
                match value {
                    Value::Null => drop(base.remove(name)),
                    _ => merge(base.entry(name.clone()).or_insert(Value::Null), value),
                }
            }
        }
        (Value::Array(base), Value::Array(over)) if over.iter().all(|one| one.get("id").is_some()) && by_id(base) => {
            for one in over {
                match base.iter_mut().find(|other| other.get("id") == one.get("id")) {
                    Some(other) => merge(other, one),
                    None => base.push(one.clone()),
                }
            }
        }
        (base, over) => *base = over.clone(),
    }
}

fn by_id(list: &[Value]) -> bool {
    list.iter().all(|one| one.get("id").is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn given_facts_are_laid_over_the_base() {
        let base = json!({"a": {"x": 1, "y": 2}, "list": [{"id": 1, "n": "one"}, {"id": 2}], "plain": [1, 2]});
        let rows = [
            (json!({"a": {"x": 9}}), json!({"a": {"x": 9, "y": 2}})),
            (json!({"a": {"x": null}}), json!({"a": {"y": 2}})),
            (
                json!({"list": [{"id": 2, "n": "two"}, {"id": 3}]}),
                json!({"list": [{"id": 1, "n": "one"}, {"id": 2, "n": "two"}, {"id": 3}]}),
            ),
            (json!({"list": []}), json!({"list": [{"id": 1, "n": "one"}, {"id": 2}]})),
            (json!({"plain": [3]}), json!({"plain": [3]})),
        ];
        for (over, expected) in rows {
            let mut merged = base.clone();
            merge(&mut merged, &over);
            for (name, value) in expected.as_object().unwrap() {
                assert_eq!(&merged[name], value, "{over}");
            }
        }
    }
}
