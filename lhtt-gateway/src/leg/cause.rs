//! The one table between SIP status codes and Q.850 causes: RFC 3398 7.2.4.1 and 8.2.6.1.

/// The SIP status that says a Q.850 cause (RFC 3398 8.2.6.1 and its table of causes).
pub const fn sip_status(q850: u8) -> u16 {
    match q850 {
        1..=3 => 404,
        17 => 486,
        18 => 408,
        16 | 19 | 20 | 31 => 480,
        21 | 55 | 57 | 87 => 403,
        22 | 23 => 410,
        26 => 404,
        27 => 502,
        28 => 484,
        29 | 79 => 501,
        34 | 38 | 41 | 42 | 47 | 58 | 88 => 503,
        65 | 70 => 488,
        102 => 504,
        _ => 500,
    }
}

/// The Q.850 cause that says a final SIP status (RFC 3398 7.2.4.1).
pub const fn q850_cause(status: u16) -> u8 {
    match status {
        404 | 485 | 604 => 1,
        486 | 600 => 17,
        480 => 18,
        401 | 402 | 403 | 407 | 603 => 21,
        410 => 22,
        482 | 483 => 25,
        484 => 28,
        400 | 481 | 500 | 503 => 41,
        502 => 38,
        405 => 63,
        488 | 606 => 65,
        406 | 415 | 501 => 79,
        408 | 504 => 102,
        413 | 414 | 416 | 420 | 421 | 423 | 505 | 513 => 127,
        200 | 487 => 16,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_of_rfc_3398() {
        let forth = "1 404·2 404·3 404·17 486·18 408·19 480·20 480·21 403·22 410·23 410·26 404·27 502·28 484·29 501·31 480·\
                     34 503·38 503·41 503·42 503·47 503·55 403·57 403·58 503·65 488·70 488·79 501·87 403·88 503·102 504·111 500·127 500";
        for row in forth.split('·') {
            let (cause, status) = row.trim().split_once(' ').expect("two columns");
            assert_eq!(sip_status(cause.parse().unwrap()), status.parse::<u16>().unwrap(), "cause {cause}");
        }
        let back = "400 41·401 21·402 21·403 21·404 1·405 63·406 79·407 21·408 102·410 22·413 127·414 127·415 79·416 127·420 127·\
                    421 127·423 127·480 18·481 41·482 25·483 25·484 28·485 1·486 17·487 16·500 41·501 79·502 38·503 41·504 102·\
                    513 127·600 17·603 21·604 1";
        for row in back.split('·') {
            let (status, cause) = row.trim().split_once(' ').expect("two columns");
            assert_eq!(q850_cause(status.parse().unwrap()), cause.parse::<u8>().unwrap(), "status {status}");
        }
    }
}
