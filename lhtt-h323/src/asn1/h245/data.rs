//! Data applications and their protocols: T.120, T.38, T.84, H.224 (H.245 B.2, B.6).

use super::{GenericCapability, NonStandardParameter};
use crate::per::{Int, Integer, choice, sequence};

sequence! {
    /// Data applications and their rate (H.245 `DataApplicationCapability`).
    DataApplicationCapability {
        application: DataApplication,
        max_bit_rate: u32 as Int<0, 4294967295>,
        ..
    }
}

choice! {
    /// `application` in H.245 `DataApplicationCapability`.
    DataApplication {
        NonStandard(NonStandardParameter),
        T120(DataProtocolCapability),
        DsmCc(DataProtocolCapability),
        UserData(DataProtocolCapability),
        T84(Box<DataApplicationT84>),
        T434(DataProtocolCapability),
        H224(DataProtocolCapability),
        Nlpid(Box<DataApplicationNlpid>),
        DsvdControl,
        H222DataPartitioning(DataProtocolCapability),
        ..
        T30fax(DataProtocolCapability),
        T140(DataProtocolCapability),
        T38fax(Box<DataApplicationT38Fax>),
        GenericDataCapability(Box<GenericCapability>),
    }
}

sequence! {
    /// `t84` in H.245 `DataApplicationCapability.application`.
    DataApplicationT84 {
        t84_protocol: DataProtocolCapability,
        t84_profile: T84Profile,
    }

    /// `nlpid` in H.245 `DataApplicationCapability.application`.
    DataApplicationNlpid {
        nlpid_protocol: DataProtocolCapability,
        nlpid_data: Vec<u8>,
    }

    /// `t38fax` in H.245 `DataApplicationCapability.application`.
    DataApplicationT38Fax {
        t38_fax_protocol: DataProtocolCapability,
        t38_fax_profile: T38FaxProfile,
    }
}

choice! {
    /// H.245 `T84Profile`.
    T84Profile { T84Unrestricted, T84Restricted(T84Restricted), }
}

sequence! {
    /// `t84Restricted` in H.245 `T84Profile`.
    T84Restricted {
        qcif: bool,
        cif: bool,
        ccir601_seq: bool,
        ccir601_prog: bool,
        hdtv_seq: bool,
        hdtv_prog: bool,
        g3_facs_mh200_x100: bool,
        g3_facs_mh200_x200: bool,
        g4_facs_mmr200_x100: bool,
        g4_facs_mmr200_x200: bool,
        jbig200x200_seq: bool,
        jbig200x200_prog: bool,
        jbig300x300_seq: bool,
        jbig300x300_prog: bool,
        dig_photo_low: bool,
        dig_photo_med_seq: bool,
        dig_photo_med_prog: bool,
        dig_photo_high_seq: bool,
        dig_photo_high_prog: bool,
        ..
    }
}

choice! {
    /// Protocols under a data application (H.245 `DataProtocolCapability`).
    DataProtocolCapability {
        NonStandard(NonStandardParameter),
        V14buffered,
        V42lapm,
        HdlcFrameTunnelling,
        H310SeparateVcStack,
        H310SingleVcStack,
        Transparent,
        ..
        SegmentationAndReassembly,
        HdlcFrameTunnelingwSar,
        V120,
        SeparateLanStack,
        V76wCompression(DataProtocolCapabilityV76wCompression),
        Tcp,
        Udp,
    }

    /// `v76wCompression` in H.245 `DataProtocolCapability`.
    DataProtocolCapabilityV76wCompression {
        TransmitCompression(CompressionType),
        ReceiveCompression(CompressionType),
        TransmitAndReceiveCompression(CompressionType),
        ..
    }

    /// H.245 `CompressionType`.
    CompressionType { V42bis(V42bis), .. }
}

sequence! {
    /// H.245 `V42bis`.
    V42bis {
        number_of_codewords: u32 as Int<1, 65536>,
        maximum_string_length: u16 as Int<1, 256>,
        ..
    }

    /// How T.38 is used (H.245 `T38FaxProfile`).
    T38FaxProfile {
        fill_bit_removal: bool,
        transcoding_jbig: bool,
        transcoding_mmr: bool,
        ..
        version: Option<u8> as Int<0, 255>,
        t38_fax_rate_management: Option<T38FaxRateManagement>,
        t38_fax_udp_options: Option<T38FaxUdpOptions>,
        t38_fax_tcp_options: Option<T38FaxTcpOptions>,
    }
}

choice! {
    /// H.245 `T38FaxRateManagement`.
    T38FaxRateManagement { LocalTcf, TransferredTcf, .. }
}

sequence! {
    /// H.245 `T38FaxUdpOptions`.
    T38FaxUdpOptions {
        t38_fax_max_buffer: Option<i64> as Integer,
        t38_fax_max_datagram: Option<i64> as Integer,
        t38_fax_udp_ec: T38FaxUdpEc,
    }
}

choice! {
    /// `t38FaxUdpEC` in H.245 `T38FaxUdpOptions`.
    T38FaxUdpEc { T38Udpfec, T38UdpRedundancy, .. }
}

sequence! {
    /// H.245 `T38FaxTcpOptions`.
    T38FaxTcpOptions {
        t38_tcp_bidirectional_mode: bool,
        ..
    }

    /// H.245 `DataMode`.
    DataMode {
        application: DataModeApplication,
        bit_rate: u32 as Int<0, 4294967295>,
        ..
    }
}

choice! {
    /// `application` in H.245 `DataMode`.
    DataModeApplication {
        NonStandard(NonStandardParameter),
        T120(DataProtocolCapability),
        DsmCc(DataProtocolCapability),
        UserData(DataProtocolCapability),
        T84(DataProtocolCapability),
        T434(DataProtocolCapability),
        H224(DataProtocolCapability),
        Nlpid(Box<DataModeNlpid>),
        DsvdControl,
        H222DataPartitioning(DataProtocolCapability),
        ..
        T30fax(DataProtocolCapability),
        T140(DataProtocolCapability),
        T38fax(Box<DataModeT38Fax>),
        GenericDataMode(Box<GenericCapability>),
    }
}

sequence! {
    /// `nlpid` in H.245 `DataMode.application`.
    DataModeNlpid {
        nlpid_protocol: DataProtocolCapability,
        nlpid_data: Vec<u8>,
    }

    /// `t38fax` in H.245 `DataMode.application`.
    DataModeT38Fax {
        t38_fax_protocol: DataProtocolCapability,
        t38_fax_profile: T38FaxProfile,
    }
}
