namespace StalwartHardening.Settings;

/// <summary>Neighbouring settings in key order.</summary>
internal readonly struct SettingRange
{
    private readonly SettingsDocument _document;
    private readonly int _start;
    private readonly int _end;

    internal SettingRange(SettingsDocument document, int start, int end)
    {
        _document = document;
        _start = start;
        _end = end;
    }

    /// <summary>Number of settings in the range.</summary>
    public int Count => _end - _start;

    /// <summary>The setting at <paramref name="index"/>, counted from the start of the range.</summary>
    public ref readonly Setting this[int index] => ref _document[_start + index];

    /// <summary>Walks the range in key order.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks a <see cref="SettingRange"/> without allocating.</summary>
    public struct Enumerator
    {
        private readonly SettingRange _range;
        private int _index;

        internal Enumerator(SettingRange range)
        {
            _range = range;
            _index = -1;
        }

        /// <summary>The current setting.</summary>
        public readonly ref readonly Setting Current => ref _range[_index];

        /// <summary>Goes to the next setting.</summary>
        public bool MoveNext() => ++_index < _range.Count;
    }
}
