using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Settings in the order they are written, no key twice. A hash table of indices over the array: a dictionary would cost more than
/// the settings themselves.
/// </summary>
internal sealed class SettingTable(int capacity)
{
    private Setting[] _settings = new Setting[capacity];
    private int[] _hashes = new int[capacity];
    private int[] _slots = new int[NextPowerOfTwo(capacity * 2)];

    public int Count { get; private set; }

    public Setting[] Settings => _settings;

    /// <summary>The <see cref="NameHash"/> of each key, in text order.</summary>
    public ReadOnlySpan<int> Hashes => _hashes.AsSpan(0, Count);

    /// <summary>Characters in all keys together.</summary>
    public long KeyCharacters { get; private set; }

    /// <summary>Adds a setting, or answers the index of the one that already has the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its finished <see cref="NameHash"/>.</param>
    /// <param name="value">The value.</param>
    /// <param name="keySpan">Where the key was written.</param>
    /// <param name="valueSpan">Where the value was written.</param>
    /// <param name="index">The index of the setting that has the key now.</param>
    public bool TryAdd(ReadOnlySpan<char> key, int hash, string value, SourceSpan keySpan, SourceSpan valueSpan, out int index)
    {
        var mask = _slots.Length - 1;
        var slot = hash & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            index = _slots[slot] - 1;
            if (_hashes[index] == hash && key.SequenceEqual(_settings[index].Key.AsSpan()))
                return false;
        }

        if (Count == _settings.Length)
        {
            Array.Resize(ref _settings, Count * 2);
            Array.Resize(ref _hashes, Count * 2);
        }

        KeyCharacters += key.Length;
        index = Count++;
        _settings[index] = new Setting(key.ToString(), value, keySpan, valueSpan);
        _hashes[index] = hash;
        _slots[slot] = index + 1;
        if (Count * 2 > _slots.Length)
            Rehash();
        return true;
    }

    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var slot = _hashes[i] & mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & mask;
            _slots[slot] = i + 1;
        }
    }

    private static int NextPowerOfTwo(int value)
    {
        var power = 16;
        while (power < value)
            power <<= 1;
        return power;
    }
}
