import Basics
import Testing

@Suite struct QuantityTests {
    @Test(arguments: [
        ("80 GiB", Dimension.bytes, 85_899_345_920.0), ("80GiB", .bytes, 85_899_345_920), (" 1 GB ", .bytes, 1e9),
        ("1.5 TiB", .bytes, 1_649_267_441_664), ("0 B", .bytes, 0), ("400Gb/s", .bitRate, 4e11),
        ("1500 MHz", .frequency, 1.5e9),
        ("700 W", .power, 700), ("250 mW", .power, 0.25), ("-5 C", .temperature, -5), ("85 °C", .temperature, 85),
        ("80 %", .percentage, 80), ("30d", .duration, 2_592_000), ("100 ms", .duration, 0.1), ("8", .count, 8),
        ("1_000_000", .count, 1_000_000),
    ])
    func areRead(_ text: String, _ dimension: Dimension, _ value: Double) throws {
        let quantity = try Quantity(parsing: text, as: dimension)
        #expect(abs(quantity.value - value) < 1e-6)
        #expect(quantity.description == text.trimmingBlanks())
    }

    @Test(arguments: [
        ("GiB", Dimension.bytes), ("", .bytes), ("80", .bytes), ("80 gib", .bytes), ("80 Gb/s", .bytes),
        ("1e3 B", .bytes),
        ("nan", .count), ("inf", .count), ("1.2.3 B", .bytes), ("--5 C", .temperature), ("8 GiB", .count),
        ("٣ B", .bytes),
        ("8 %%", .percentage), ("0x10", .count),
    ])
    func areRefused(_ text: String, _ dimension: Dimension) {
        let error = #expect(throws: QuantityError.self) { try Quantity(parsing: text, as: dimension) }
        #expect(error?.message.contains("expected") == true)
    }

    @Test func compareByWhatTheyMeasure() throws {
        #expect(try Quantity(parsing: "1 GiB", as: .bytes) > Quantity(parsing: "1 GB", as: .bytes))
        #expect(try Quantity(parsing: "1024 MiB", as: .bytes) == Quantity(parsing: "1 GiB", as: .bytes))
        #expect(Quantity(1, .bytes) != Quantity(1, .count))
        #expect(Set([Quantity(60, .duration), try Quantity(parsing: "1 min", as: .duration)]).count == 1)
    }

    @Test func areSpelledShortly() {
        #expect(Quantity(85_899_345_920, .bytes).description == "80 GiB")
        #expect(Quantity(1536, .bytes).description == "1.5 KiB")
        #expect(Quantity(0, .bytes).description == "0 B")
        #expect(Quantity(-2048, .bytes).description == "-2 KiB")
        #expect(Quantity(4e11, .bitRate).description == "400 Gb/s")
        #expect(Quantity(90, .duration).description == "1.5 min")
        #expect(Quantity(0.05, .duration).description == "50 ms")
        #expect(Quantity(8, .count).description == "8")
        #expect(Quantity.decimal(0.999) == "1")
        #expect(Quantity.decimal(-0.05) == "-0.05")
        #expect(Quantity.decimal(12.30) == "12.3")
        #expect(Quantity.decimal(1e300) == "1e+300")
    }
}
